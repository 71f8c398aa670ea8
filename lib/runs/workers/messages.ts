/** What a run and its workers tell each other. */

import type { Unit, UnitChoices } from "../units/unit.ts";
import type { UnitPlace } from "../units/unit_place.ts";

/** Asks a worker to measure some units of one step. */
export interface WorkOrder {
  /** Where they are measured from; the same in every order to one worker. */
  readonly place: UnitPlace;
  /** The units. */
  readonly units: readonly Unit[];
  /** What each file says in front. */
  readonly keys: readonly string[];
  /** How they are measured. */
  readonly choices: UnitChoices;
}

/** Tells of a unit, of the end of an order, or of what went wrong. */
export type WorkReport =
  | {
    readonly kind: "unit";
    readonly index: number;
    readonly bytes: Uint8Array;
    readonly weights: number;
  }
  | { readonly kind: "done" }
  | { readonly kind: "error"; readonly message: string };
