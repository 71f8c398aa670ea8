/** What a table was made from: options, checkpoints, versions. */
import project from "../../deno.json" with { type: "json" };
import type { AnalysisOptions } from "./analysis_options.ts";
import type { FullAnalysisOptions } from "./full_analysis_options.ts";

/** The content of `run.json`. */
export interface RunRecord {
  /** The model's name. */
  readonly model: string;
  /** Every choice that decided the tables. */
  readonly options: AnalysisOptions | FullAnalysisOptions;
  /** The threshold as a length, where it was given in medians. */
  readonly threshold: number;
  /** Step and SHA-256 of the weights of every checkpoint. */
  readonly checkpoints: readonly { readonly step: number; readonly sha256: string }[];
  /** Versions of what computed them. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The record of an analysis by this version of the toolkit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, runRecord } from "neuromfa";
 *
 * const digests = new Map([[0, "c0ffee"], [512, "decade"]]);
 * const record = runRecord("nano-64", analysisOptions(), 150, digests);
 * assert.deepEqual(record.checkpoints[1], { step: 512, sha256: "decade" });
 * ```
 */
export function runRecord(
  model: string,
  options: AnalysisOptions | FullAnalysisOptions,
  threshold: number,
  digests: ReadonlyMap<number, string>,
): RunRecord {
  return {
    model,
    options,
    threshold,
    checkpoints: [...digests].map(([step, sha256]) => ({ step, sha256 })),
    versions: versions(),
  };
}

/** Versions of what computes tables. */
export function versions(): Readonly<Record<string, string>> {
  return { neuromfa: project.version, deno: Deno.version.deno };
}
