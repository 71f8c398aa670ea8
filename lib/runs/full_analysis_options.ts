/** Every choice that decides the results of full networks. */
import { binsOfRadii } from "../multifractal/bins_of_radii.ts";
import { DEFAULT_Q } from "../multifractal/q_grid.ts";
import { lengthBins } from "../networks/length_bins.ts";
import { checkMeasuringOptions } from "./check_analysis_options.ts";
import { choicesOf, type Convention } from "./conventions.ts";
import { completeOptions, type MeasuringOptions } from "./measuring_options.ts";
import type { PartialNullModelChoice } from "./null_model_choice.ts";

/** What decides the tables of a model by its full network: every neuron, every weight. */
export interface FullAnalysisOptions extends MeasuringOptions {
  /** Says that nothing is sampled. */
  readonly network: "full";
  /** Longest edge that counts, a length. */
  readonly threshold: number;
}

/** What may be left out of {@linkcode FullAnalysisOptions}. */
export interface PartialFullAnalysisOptions
  extends Partial<Omit<FullAnalysisOptions, "network" | "nullModel">> {
  /** The bundle that the other choices start from; default `corrected`. */
  readonly convention?: Convention;
  /** The null model that E is compared with, of 20 draws unless it says otherwise; none unless given. */
  readonly nullModel?: PartialNullModelChoice;
}

/**
 * Complete the options for full networks, by a convention's choices and the published defaults; nothing is sampled, so there
 * is no number of samples and no choice of edges.
 *
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If there is no such convention, or an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullAnalysisOptions } from "neuromfa";
 *
 * assert.equal(fullAnalysisOptions({ threshold: 30 }).threshold, 30);
 * assert.throws(() => fullAnalysisOptions({ samples: 10 } as object), /no option "samples"/);
 * ```
 */
export function fullAnalysisOptions(options: PartialFullAnalysisOptions = {}): FullAnalysisOptions {
  const { alpha0, filterTolerance, includeStructural } = choicesOf(options.convention);
  const defaults = {
    threshold: 150,
    digits: 0,
    q: DEFAULT_Q,
    filterMode: 0,
    nfdThreshold: 200,
    ...{ alpha0, filterTolerance, includeStructural },
  } as const;
  const complete: FullAnalysisOptions = {
    network: "full",
    ...completeOptions("fullAnalysisOptions", options, defaults),
  };
  if (typeof complete.threshold !== "number") {
    throw new RangeError(
      "the threshold of a full network must be a length: medians are taken over samples; give a number such as 150",
    );
  }
  checkMeasuringOptions(complete);
  lengthBins(1, complete.threshold, complete.digits);
  // What a full network cannot be fitted at is refused before it is counted.
  if (complete.radii !== undefined) binsOfRadii(complete.radii, complete);
  return complete;
}

/** Whether options are those of full networks. */
export function isFull<Sampled extends object>(
  options: Sampled | { readonly network: "full" },
): options is Extract<typeof options, { readonly network: "full" }> {
  return "network" in options && options.network === "full";
}
