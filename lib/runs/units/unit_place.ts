/** Where units are measured from, in a form that a worker can be told. */

import type { DeclaredNetwork } from "../../options/declared_network.ts";
import type { Unit, UnitChoices } from "./unit.ts";

/** A run of checkpoints, or the stored networks of a model. */
export type UnitPlace = RunPlace | StorePlace;

/** A run of checkpoints. */
export interface RunPlace {
  /** Which of the two. */
  readonly kind: "run";
  /** What {@linkcode openRun} opens. */
  readonly name: string;
  /** What is declared of its network, only where something is. */
  readonly declared?: DeclaredNetwork;
}

/** The stored networks of a model. */
export interface StorePlace {
  /** Which of the two. */
  readonly kind: "store";
  /** Folder that holds one folder a model. */
  readonly store: string;
  /** The model's name. */
  readonly model: string;
}

/** A unit with what was measured of it. */
export interface UnitResult {
  /** Its place among those asked for. */
  readonly index: number;
  /** What goes into its file. */
  readonly value: unknown;
  /** Weights that were read for it. */
  readonly weights: number;
}

/** An opened {@linkcode UnitPlace}. */
export interface UnitSource {
  /** Bring what some units of one step need close by, all together, where it is far away. */
  bring(units: readonly Unit[], choices: UnitChoices): Promise<void>;
  /** Check that what a unit was measured of is still what the plan says; rejects if it was replaced meanwhile. */
  check(unit: Unit): Promise<void>;
  /** Measure some units of one checkpoint, or of one null model of it, in the order given. */
  measure(units: readonly Unit[], choices: UnitChoices): AsyncIterable<UnitResult>;
}
