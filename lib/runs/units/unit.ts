/** What a run is made of: units that are measured one by one, each once, and kept. */

import { createHash } from "node:crypto";
import type { DeclaredNetwork } from "../../options/declared_network.ts";
import type { BoxOptions } from "../../networks/box_options.ts";
import type { DrawnBaseline } from "../../options/values.ts";
import type { NullKind } from "../../options/measuring_options.ts";
import type { OptionValues } from "../../options/options.ts";
import { type AnalysisOptions, isFull, type NetworkOptions } from "../analysis_options.ts";

/** A part of a checkpoint that is measured by itself: a sampled network, or one layer of the full network. */
export interface UnitPart {
  /** Which of the two. */
  readonly kind: "sample" | "layer";
  /** The number of the sample, or the layer's index in the architecture. */
  readonly index: number;
}

/** A null model of the checkpoint that is measured in its place. */
export interface NullDraw {
  readonly kind: NullKind;
  readonly draw: number;
  readonly seed: number;
  /** SHA-256 of the untrained weights that it is made of; only `rescale` has them. */
  readonly untrained?: string;
}

/** One unit of a run. */
export interface Unit {
  readonly step: number;
  /** SHA-256 of the checkpoint's weights. */
  readonly sha256: string;
  readonly part: UnitPart;
  /** The null model that it is measured of, `null` for the checkpoint itself. */
  readonly nullModel: NullDraw | null;
}

/** Every choice that decides what comes out of a unit. */
export interface UnitChoices {
  /** How networks are sampled, `null` for the full network. */
  readonly sampling: Pick<NetworkOptions, "layerSample" | "qkv" | "edges"> | null;
  /** Indices of the layers whose neurons are measured, `null` for all. */
  readonly layers: readonly number[] | null;
  /** How its spectrum is taken, `null` where none is. */
  readonly spectrum: SpectrumChoices | null;
  /** How the fractal dimensions of its nodes are taken, `null` where none are. */
  readonly nodes: NodeChoices | null;
  /** What is declared of the network, only where something is. */
  readonly declared?: DeclaredNetwork;
}

/** Where units are measured from, as a worker can be told: what `openRun` opens, or the stored networks of a model. */
export type UnitPlace =
  | {
    readonly kind: "run";
    readonly name: string;
    /** How its steps are named, where they are in a way of their own. */
    readonly stepsPattern?: string | undefined;
    /** The untrained network that is drawn as its step 0. */
    readonly baseline?: DrawnBaseline;
    /** The entry of files of `torch.save` that holds the weights. */
    readonly weights?: string;
    /** The commits that steps on a hub are read from, in place of those of their branches. */
    readonly commits?: ReadonlyMap<number, string>;
    /** What is declared of its network. */
    readonly declared?: DeclaredNetwork;
  }
  | { readonly kind: "store"; readonly store: string; readonly model: string };

/** An opened {@linkcode UnitPlace}. */
export interface UnitSource {
  /** Bring what some units of one step need close by, all together, where it is far away. */
  bring(units: readonly Unit[], choices: UnitChoices): Promise<void>;
  /** Check that what a unit was measured of is still what the plan says; rejects if it was replaced meanwhile. */
  check(unit: Unit): Promise<void>;
  /** Measure some units of one checkpoint, or of one null model of it, in the order given. */
  measure(units: readonly Unit[], choices: UnitChoices): AsyncIterable<UnitResult>;
}

/** What was measured of a unit, by its index in the order given, and the weights that were read for it. */
export interface UnitResult {
  readonly index: number;
  readonly value: unknown;
  readonly weights: number;
}

/** How node fractal dimensions are taken. */
export type NodeChoices = OptionValues<"nfdThreshold" | "minimumEdges" | "digits">;

/** How a spectrum is taken, its threshold as a length. */
export type SpectrumChoices =
  & BoxOptions
  & OptionValues<"distance" | "pathLayers" | "q" | "alpha0" | "filterTolerance" | "radii">;

/** The choices among the options of an analysis, the threshold as a length. */
export function spectrumChoices(options: AnalysisOptions, threshold: number): SpectrumChoices {
  const { minimumEdges, digits, q, alpha0, filterTolerance, radii } = options;
  // Of a full network the edges are counted.
  const { distance, pathLayers } = isFull(options)
    ? { distance: "edge" as const, pathLayers: undefined }
    : options;
  return {
    ...{ threshold, minimumEdges, digits, distance, pathLayers },
    ...{ q, alpha0, filterTolerance, radii },
  };
}

/** What to call a unit in a message. */
export function unitName({ step, part: { kind, index }, nullModel }: Unit): string {
  const whose = nullModel === null ? "" : ` of ${nullModel.kind} draw ${nullModel.draw}`;
  return `step ${step} ${kind} ${index}${whose}`;
}

/** Some hex digits that tell a text from others in a file's name. */
export function shortDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
