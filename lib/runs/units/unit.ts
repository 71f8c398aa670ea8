/** What a run is made of: units that are measured one by one, each once, and kept. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import type { DeclaredNetwork } from "../../options/declared_network.ts";
import type { BoxOptions } from "../../networks/box_options.ts";
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
  /** How its weights are made. */
  readonly kind: NullKind;
  /** The number of the draw. */
  readonly draw: number;
  /** What seeds it. */
  readonly seed: number;
  /** SHA-256 of the untrained weights that it is made of; only `rescale` has them. */
  readonly untrained?: string;
}

/** One unit of a run. */
export interface Unit {
  /** The training step. */
  readonly step: number;
  /** SHA-256 of the checkpoint's weights. */
  readonly sha256: string;
  /** What is measured of it. */
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

/** How node fractal dimensions are taken. */
export type NodeChoices = OptionValues<"nfdThreshold" | "minimumEdges" | "digits">;

/** How a spectrum is taken, its threshold as a length. */
export type SpectrumChoices = BoxOptions & OptionValues<SpectrumName>;

/**
 * The name of an option that a spectrum is taken by.
 *
 * @internal
 */
export type SpectrumName =
  | ("distance" | "pathLayers")
  | ("q" | "alpha0" | "filterTolerance" | "radii");

/** The choices among the options of an analysis, the threshold as a length. */
export function spectrumChoices(options: AnalysisOptions, threshold: number): SpectrumChoices {
  const { minimumEdges, digits, q, alpha0, filterTolerance, radii } = options;
  const { distance, pathLayers } = isFull(options) ? FULL : options;
  return {
    ...{ threshold, minimumEdges, digits, distance, pathLayers },
    ...{ q, alpha0, filterTolerance, radii },
  };
}

/** What a full network counts. */
const FULL = { distance: "edge", pathLayers: undefined } as const;

/** Everything that decides a unit, as text: two units with the same key are the same. */
export function unitKey(
  { sha256, part: { kind, index }, nullModel }: Unit,
  choices: UnitChoices,
  versions: Readonly<Record<string, string>>,
): string {
  return JSON.stringify({ versions, choices, sha256, part: { kind, index }, nullModel });
}

/** What to call a unit in a message. */
export function unitName({ step, part: { kind, index }, nullModel }: Unit): string {
  const whose = nullModel === null ? "" : ` of ${nullModel.kind} draw ${nullModel.draw}`;
  return `step ${step} ${kind} ${index}${whose}`;
}

/** Where a unit's file lies in the folder of its model. */
export function unitPath({ step, part: { kind, index }, nullModel }: Unit, key: string): string {
  const draw = nullModel === null ? "" : `-${nullModel.kind}${nullModel.draw}`;
  return join(`step${step}`, `${kind}${index}${draw}-${shortDigest(key)}.safetensors`);
}

/** Some hex digits that tell a text from others in a file's name. */
export function shortDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
