/** Every choice that decides the results of sampled networks. */
import { DEFAULT_Q } from "../multifractal/q_grid.ts";
import { checkAnalysisOptions } from "./check_analysis_options.ts";
import { choicesOf, type Convention } from "./conventions.ts";
import { completeOptions, type MeasuringOptions } from "./measuring_options.ts";
import type { NetworkOptions } from "./network_options.ts";
import type { PartialNullModelChoice } from "./null_model_choice.ts";

/** What decides the tables of a model by its sampled networks. */
export interface AnalysisOptions extends NetworkOptions, MeasuringOptions {
  /** Whether a mass counts a node's out-edges, or the nodes that shortest paths lead to. */
  readonly distance: "edge" | "path";
  /** How many layers ahead masses reach: 1 for edges. */
  readonly layers: number;
}

/** What may be left out of {@linkcode AnalysisOptions}. */
export interface PartialAnalysisOptions extends Partial<Omit<AnalysisOptions, "nullModel">> {
  /** The bundle that the other choices start from; default `corrected`. */
  readonly convention?: Convention;
  /** The null model that E is compared with, of 20 draws unless it says otherwise; none unless given. */
  readonly nullModel?: PartialNullModelChoice;
}

/**
 * Complete options by a convention's choices and the published defaults.
 *
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If there is no such convention, an option is out of range, or several layers are asked for
 * along single edges.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions } from "neuromfa";
 *
 * assert.equal(analysisOptions({ convention: "reference" }).alpha0, "argmax");
 * assert.equal(analysisOptions({ convention: "reference", alpha0: "analytic" }).alpha0, "analytic");
 * assert.equal(analysisOptions().threshold, 150);
 * ```
 */
export function analysisOptions(options: PartialAnalysisOptions = {}): AnalysisOptions {
  const { convention, distance = "edge" } = options;
  const defaults: AnalysisOptions = {
    samples: 10,
    layerSample: 32,
    threshold: 150,
    digits: 0,
    distance,
    layers: distance === "edge" ? 1 : 2,
    q: DEFAULT_Q,
    filterMode: 0,
    nfdThreshold: 200,
    ...choicesOf(convention),
  };
  const complete = completeOptions("analysisOptions", options, defaults);
  if (distance === "edge" && complete.layers !== 1) {
    throw new RangeError(
      `layers is ${complete.layers}, but only distance "path" looks more than one layer ahead; choose it, or 1 layer`,
    );
  }
  if (distance === "path" && complete.only !== undefined) {
    throw new RangeError(
      'only some layers can be measured by distance "edge", but it is "path", which leads through others',
    );
  }
  checkAnalysisOptions(complete);
  return complete;
}
