/** The two bundles of choices that have a name. */
import type { AnalysisOptions } from "./analysis_options.ts";

/** `reference`: number for number what the published Python gives. `corrected`: without its slips. */
export type Convention = "reference" | "corrected";

/**
 * The choices in which the two conventions differ.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, CONVENTIONS } from "neuromfa";
 *
 * assert.equal(CONVENTIONS.reference.edges, "sampled");
 * assert.equal(analysisOptions().edges, CONVENTIONS.corrected.edges);
 * ```
 */
export const CONVENTIONS: Readonly<
  Record<
    Convention,
    Pick<AnalysisOptions, "alpha0" | "qkv" | "edges" | "filterTolerance" | "includeStructural">
  >
> = {
  reference: {
    alpha0: "argmax",
    qkv: "reference",
    edges: "sampled",
    filterTolerance: 0,
    includeStructural: true,
  },
  corrected: {
    alpha0: "analytic",
    qkv: "per-head",
    edges: "all",
    filterTolerance: 1e-9,
    includeStructural: false,
  },
};

/**
 * The choices of a convention, by default of `corrected`.
 *
 * @throws {RangeError} If there is none of that name.
 */
export function choicesOf(convention: Convention = "corrected"): (typeof CONVENTIONS)[Convention] {
  if (Object.hasOwn(CONVENTIONS, convention)) return CONVENTIONS[convention];
  throw new RangeError(`convention must be "reference" or "corrected", but it is "${convention}"`);
}
