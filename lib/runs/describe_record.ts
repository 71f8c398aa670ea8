/** How tables were made, in words for a caption. */
import { signed } from "../figures/signed.ts";
import type { FixedRadii } from "../multifractal/fixed_radii.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { isFull } from "./full_analysis_options.ts";
import type { RunRecord } from "./run_record.ts";

/**
 * One sentence with every choice that a reader of a figure needs: model, threshold, samples and conventions.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, describeRecord, runRecord } from "neuromfa";
 *
 * const record = runRecord("nano-64", analysisOptions(), 150, new Map());
 * assert.match(describeRecord(record), /^nano-64: threshold 150, 10 samples of 32 neurons a layer, /);
 * ```
 */
export function describeRecord({ model, options, threshold }: RunRecord): string {
  const { alpha0, q, digits, filterMode, only, radii } = options;
  const medians = typeof options.threshold === "number"
    ? ""
    : ` (${options.threshold.medians} ${
      options.threshold.medians === 1 ? "median" : "medians"
    } of the untrained lengths)`;
  const parts = [
    `threshold ${Number(threshold.toPrecision(6))}${medians}`,
    ...isFull(options) ? ["full network"] : sampling(options),
    ...only === undefined ? [] : [`only ${only.join("; ")}`],
    ...digits === 0 ? [] : [`${digits} digits`],
    ...radii === undefined ? [] : [describeRadii(radii)],
    ...filterMode === 0 ? [] : [`filter mode ${filterMode}`],
    `α₀ ${alpha0}`,
    `q ${signed(`${q.min}`)} to ${signed(`${q.max}`)} by ${q.step}`,
  ];
  return `${model}: ${parts.join(", ")}.`;
}

function describeRadii({ min, max, step = 1 }: FixedRadii): string {
  return `fixed radii ${min} to ${max}${step === 1 ? "" : ` by ${step}`}`;
}

function sampling({ samples, layerSample, edges, qkv, distance, layers }: AnalysisOptions) {
  return [
    `${samples} ${samples === 1 ? "sample" : "samples"} of ${layerSample} neurons a layer`,
    edges === "all" ? "all their out-edges" : "edges among them only",
    ...edges === "all" ? [] : [`query, key, value rows ${qkv}`],
    ...distance === "edge" ? [] : [`paths over ${layers} ${layers === 1 ? "layer" : "layers"}`],
  ];
}
