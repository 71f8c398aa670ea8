/** What a table was made from: options, checkpoints, versions. */

import project from "../../deno.json" with { type: "json" };
import type { Architecture } from "../architectures/architecture.ts";
import { OUTSIDE } from "../architectures/recognise.ts";
import { type AnalysisOptions, isFull, type SampledOptions } from "./analysis_options.ts";
import { printable } from "../messages/shown.ts";
import { signed } from "../messages/signed.ts";
import type { DeclaredNetwork } from "../options/declared_network.ts";
import type { FixedRadii } from "../options/values.ts";

/**
 * The content of `run.json`.
 *
 * @category Measuring
 */
export interface RunRecord {
  /** The model's name. */
  readonly model: string;
  /** Every choice that decided the tables. */
  readonly options: AnalysisOptions;
  /** The threshold as a length, where it was given in medians. */
  readonly threshold: number;
  /** Step and SHA-256 of the weights of every checkpoint. */
  readonly checkpoints: readonly { readonly step: number; readonly sha256: string }[];
  /** The entry of files of `torch.save` that the weights were taken from, such as `state_dict`, where these hold more. */
  readonly entry?: string;
  /** Versions of what computed them. */
  readonly versions: Readonly<Record<string, string>>;
  /** What else a reader must know: steps that were left out, or how an untrained network was drawn; only where there is any. */
  readonly notes?: readonly string[];
  /** What of the model is no part of its network, by reason; only where its family lists such, a vision tower or a mask. */
  readonly leftOut?: readonly LeftOut[];
}

/** Tensors with two axes or more that are left out for one reason. */
export interface LeftOut {
  /** Why, in a few words. */
  readonly reason: string;
  /** How many tensors. */
  readonly tensors: number;
}

/**
 * The record of an analysis by this version of the toolkit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions } from "neuromfa";
 * import { runRecord } from "neuromfa/runs";
 *
 * const digests = new Map([[0, "c0ffee"], [512, "decade"]]);
 * const record = runRecord("nano-64", analysisOptions(), 150, digests);
 * assert.deepEqual(record.checkpoints[1], { step: 512, sha256: "decade" });
 * ```
 */
export function runRecord(
  model: string,
  options: AnalysisOptions,
  threshold: number,
  digests: ReadonlyMap<number, string>,
  leftOut: readonly LeftOut[] = [],
  notes: readonly string[] = [],
  entry?: string,
): RunRecord {
  return {
    ...{ model, options, threshold },
    checkpoints: [...digests].map(([step, sha256]) => ({ step, sha256 })),
    ...entry !== undefined && { entry },
    versions: versions(),
    ...leftOut.length > 0 && { leftOut },
    ...notes.length > 0 && { notes },
  };
}

/** The tensors that a family lists as no part of its network, counted by reason. */
export function leftOutOf({ ignored = [] }: Pick<Architecture, "ignored">): LeftOut[] {
  const listed = ignored.filter(({ reason }) => reason !== OUTSIDE);
  return [...Map.groupBy(listed, ({ reason }) => reason)]
    .map(([reason, { length }]) => ({ reason, tensors: length }));
}

/** What a reader must know of a network that was taken by shapes and order, and not given as data. */
export function guessNote(
  { guess, family, matrices, choice }: Architecture,
  { architecture }: DeclaredNetwork,
): string | null {
  if (!guess || architecture !== undefined) return null;
  const taken = choice === undefined ? "" : `; ${choice}`;
  return "its network is a guess by the shapes and the order of its tensors: " +
    `a ${family} of ${matrices.length} matrices${taken}`;
}

/** Versions of what computes tables. */
export function versions(): Readonly<Record<string, string>> {
  return { neuromfa: project.version, deno: Deno.version.deno };
}

/**
 * One sentence with every choice that a reader of a figure needs: model, threshold, samples and conventions.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions } from "neuromfa";
 * import { describeRecord, runRecord } from "neuromfa/runs";
 *
 * const record = runRecord("nano-64", analysisOptions(), 150, new Map());
 * assert.match(describeRecord(record), /^nano-64: threshold 150, 10 samples of 32 neurons a layer, /);
 * ```
 */
export function describeRecord(
  { model, options, threshold, entry, notes = [] }: RunRecord,
): string {
  const { alpha0, q, digits, filterMode, layers = [], roles = [], radii, baseline = 0 } = options;
  const isOther = typeof baseline === "number" && baseline !== 0;
  const only = [...layers, ...roles];
  const medians = typeof options.threshold === "number"
    ? ""
    : ` (${counted(options.threshold.medians, "median")} of the ${
      isOther ? `lengths at step ${baseline}` : "untrained lengths"
    })`;
  const parts = [
    `threshold ${Number(threshold.toPrecision(6))}${medians}`,
    ...isFull(options) ? ["full network"] : sampling(options),
    ...entry === undefined ? [] : [`weights of the entry ${printable(entry)}`],
    ...describeNetwork(options),
    ...only.length === 0 ? [] : [`only ${only.join("; ")}`],
    ...digits === 0 ? [] : [`${digits} digits`],
    ...radii === "occurring" ? [] : [describeRadii(radii)],
    ...filterMode === 0 ? [] : [`filter mode ${filterMode}`],
    `α₀ ${alpha0}`,
    `q ${signed(`${q.min}`)} to ${signed(`${q.max}`)} by ${q.step}`,
    ...isOther ? [`baseline step ${baseline}`] : [],
    ...notes,
  ];
  return `${model}: ${parts.join(", ")}.`;
}

/** What was said of the network, so that a guess is never taken for more. */
function describeNetwork({ architecture, part }: AnalysisOptions): string[] {
  const { family, guess } = (architecture ?? {}) as { family?: string; guess?: boolean };
  return [
    ...family === undefined ? [] : [`architecture ${family}${guess ? ", a guess" : ""}`],
    ...part === undefined ? [] : [`part ${part}`],
  ];
}

function describeRadii({ min, max, step = 1 }: FixedRadii): string {
  return `fixed radii ${min} to ${max}${step === 1 ? "" : ` by ${step}`}`;
}

function sampling({ samples, layerSample, edges, qkv, distance, pathLayers }: SampledOptions) {
  return [
    `${counted(samples, "sample")} of ${layerSample} neurons a layer`,
    edges === "all" ? "all their out-edges" : "edges among them only",
    ...edges === "all" ? [] : [`query, key, value rows ${qkv}`],
    ...distance === "edge" ? [] : [`paths over ${counted(pathLayers!, "layer")}`],
  ];
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
