/** Every choice that decides a result, with the two bundles of choices that have a name. */
import type { QueryKeyValueLayout } from "../architectures/fused_query_key_value.ts";
import { binsOfRadii } from "../multifractal/bins_of_radii.ts";
import type { FixedRadii } from "../multifractal/fixed_radii.ts";
import type { QGrid } from "../multifractal/q_grid.ts";
import { DEFAULT_Q } from "../multifractal/q_grid.ts";
import type { FilterMode } from "../multifractal/spectrum_filter.ts";
import type { SampledEdges } from "../networks/linked_neurons.ts";
import type { MedianThreshold } from "../networks/median_length.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import { checkAnalysisOptions, checkMeasuringOptions } from "./check_analysis_options.ts";
import {
  type NullModelChoice,
  nullModelChoice,
  type PartialNullModelChoice,
} from "./null_model_choice.ts";

/** What decides the sampled networks. */
export interface NetworkOptions {
  /** Samples of each checkpoint. */
  readonly samples: number;
  /** Neurons drawn from each layer. */
  readonly layerSample: number;
  /** Which stored rows are a neuron's query, key and value. */
  readonly qkv: QueryKeyValueLayout;
  /** Which out-edges of sampled neurons are kept. */
  readonly edges: SampledEdges;
}

/** What decides how any network is measured, sampled or full. */
export interface MeasuringOptions {
  /** Longest edge that counts: a length, or a multiple of the untrained network's median. */
  readonly threshold: number | MedianThreshold;
  /** Decimals that lengths are rounded to. */
  readonly digits: number;
  /** Orders q. */
  readonly q: QGrid;
  /** How alpha_0 is read. */
  readonly alpha0: "analytic" | "argmax";
  /** Which spectra are left out of averages. */
  readonly filterMode: FilterMode;
  /** How far above 0 an f must be to fail filter modes 1 and 3. */
  readonly filterTolerance: number;
  /** Longest edge that counts for node fractal dimensions. */
  readonly nfdThreshold: number;
  /** Whether nodes that can never have a fractal dimension count as 0 in its statistics. */
  readonly includeStructural: boolean;
  /** Names or roles of the layers whose neurons are measured, each with all its edges; all layers where it is not there. */
  readonly only?: readonly string[];
  /**
   * The radii of every fit; those of a full network must end at the threshold. Where it is not there all rounded lengths that
   * occur are points of the fits, as published.
   */
  readonly radii?: FixedRadii;
  /** The null model that E is compared with; none where it is not there. */
  readonly nullModel?: NullModelChoice;
}

/** What decides the tables of a model by its sampled networks. */
export interface AnalysisOptions extends NetworkOptions, MeasuringOptions {
  /** Whether a mass counts a node's out-edges, or the nodes that shortest paths lead to. */
  readonly distance: "edge" | "path";
  /** How many layers ahead masses reach: 1 for edges. */
  readonly layers: number;
}

/** What decides the tables of a model by its full network: every neuron, every weight. */
export interface FullAnalysisOptions extends MeasuringOptions {
  /** Says that nothing is sampled. */
  readonly network: "full";
  /** Longest edge that counts, a length. */
  readonly threshold: number;
}

/** Choices that are not there unless they are made. */
const UNSET = ["only", "radii", "nullModel"] as const;

/** `reference`: number for number what the published Python gives. `corrected`: without its slips. */
export type Convention = "reference" | "corrected";

/** The choices in which the two conventions differ. */
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

/** What may be left out of {@linkcode AnalysisOptions}. */
export interface PartialAnalysisOptions extends Partial<Omit<AnalysisOptions, "nullModel">> {
  /** The bundle that the other choices start from; default `corrected`. */
  readonly convention?: Convention;
  /** The null model that E is compared with, of 20 draws unless it says otherwise; none unless given. */
  readonly nullModel?: PartialNullModelChoice;
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
  const { convention = "corrected", ...given } = options;
  const { distance = "edge" } = given;
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
  refuseUnknownOptions("analysisOptions", options, [
    ...["convention", ...UNSET],
    ...Object.keys(defaults),
  ]);
  const complete: AnalysisOptions = { ...defaults, ...complement(given) };
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
  const { convention = "corrected", ...given } = options;
  const { alpha0, filterTolerance, includeStructural } = choicesOf(convention);
  const defaults: FullAnalysisOptions = {
    network: "full",
    threshold: 150,
    digits: 0,
    q: DEFAULT_Q,
    filterMode: 0,
    nfdThreshold: 200,
    ...{ alpha0, filterTolerance, includeStructural },
  };
  const { network: _, ...names } = defaults;
  refuseUnknownOptions("fullAnalysisOptions", options, [
    ...["convention", ...UNSET],
    ...Object.keys(names),
  ]);
  const complete: FullAnalysisOptions = { ...defaults, ...complement(given) };
  if (typeof complete.threshold !== "number") {
    throw new RangeError(
      "the threshold of a full network must be a length: medians are taken over samples; give a number such as 150",
    );
  }
  checkMeasuringOptions(complete);
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

function choicesOf(convention: Convention): (typeof CONVENTIONS)[Convention] {
  if (Object.hasOwn(CONVENTIONS, convention)) return CONVENTIONS[convention];
  throw new RangeError(`convention must be "reference" or "corrected", but it is "${convention}"`);
}

/** What is given, without what is `undefined`, and with a null model that is complete. */
function complement({ nullModel, ...options }: { readonly nullModel?: PartialNullModelChoice }) {
  return {
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    ...nullModel !== undefined && { nullModel: nullModelChoice(nullModel) },
  };
}
