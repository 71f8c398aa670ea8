/** Every choice that decides the tables of a model. */

import type { SampleNumber } from "../multifractal/spectra_tables.ts";
import { binsOfRadii, radiiOf } from "../multifractal/fixed_radii.ts";
import { qGrid } from "../multifractal/q_grid.ts";
import { boxScale } from "../networks/box_options.ts";
import { lengthBins } from "../networks/full/length_bins.ts";
import { OPTIONS, type OptionValues, type SomeOptions } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import type { Convention, FixedRadii } from "../options/values.ts";
import { type DeclaredNetwork, declaredNetwork } from "../options/declared_network.ts";
import { givenArchitecture } from "./given_architecture.ts";

/** The options that decide sampled networks, in the order in which records keep them. */
export const NETWORK_NAMES = ["samples", "layerSample", "qkv", "edges"] as const;
/** The options that a full network has none of. */
export const SAMPLED_ONLY_NAMES = [...NETWORK_NAMES, "distance", "pathLayers"] as const;
/** The options that decide how any network is measured. */
export const FULL_NAMES = [
  ...["threshold", "nfdThreshold", "minimumEdges", "digits", "q", "alpha0", "filterMode"] as const,
  ...["filterTolerance", "includeStructural", "layers", "roles", "radii"] as const,
  ...["null", "nullDraws", "nullSeed", "architecture", "part"] as const,
] as const;

/** @internal */
export type NetworkName = typeof NETWORK_NAMES[number];
/** @internal */
export type SampledName = typeof SAMPLED_ONLY_NAMES[number];
/** @internal */
export type MeasuringName = typeof FULL_NAMES[number];

/** What decides the sampled networks. */
export type NetworkOptions = OptionValues<NetworkName> & DeclaredNetwork;

/** What decides the tables of a model by its sampled networks, all of it. */
export type SampledOptions =
  & { readonly network: "sampled" }
  & DeclaredNetwork
  & OptionValues<SampledName | MeasuringName>;

/** What decides the tables of a model by its full network, all of it: nothing is sampled, and the threshold is a length. */
export type FullOptions =
  & { readonly network: "full"; readonly threshold: number }
  & DeclaredNetwork
  & Omit<OptionValues<MeasuringName>, "threshold">;

/** Every choice that decides the tables of a model. */
export type AnalysisOptions = SampledOptions | FullOptions;

/** The choices that may be made; the others follow the convention and the published defaults. */
export type GivenAnalysisOptions = SomeOptions<
  "network" | "convention" | SampledName | MeasuringName
>;

/**
 * The choices in which the two conventions differ.
 *
 * @category Measuring
 */
export const CONVENTIONS = {
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
} as const satisfies Record<Convention, GivenAnalysisOptions>;

/** A length for the check of digits where the threshold is in medians, which are known when networks are. */
const USUAL_LENGTH = 150;

/** The options of an analysis, as declared. */
export const ANALYSIS_OPTIONS = pick(OPTIONS, [
  ...["network", "convention", ...SAMPLED_ONLY_NAMES, ...FULL_NAMES] as const,
]);

/**
 * Complete options by a convention's choices and the published defaults, and check what can be checked without a model.
 *
 * @category Measuring
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If a value is out of range, or options contradict each other.
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
export function analysisOptions(
  given?: GivenAnalysisOptions & { readonly network?: "sampled" | undefined },
): SampledOptions;
/** The same of the full network. */
export function analysisOptions(
  given: GivenAnalysisOptions & { readonly network: "full" },
): FullOptions;
/** The same of either. */
export function analysisOptions(
  given?: GivenAnalysisOptions,
  caller?: string,
  written?: (name: keyof GivenAnalysisOptions) => string,
): AnalysisOptions;
export function analysisOptions(
  given: GivenAnalysisOptions = {},
  caller = "analysisOptions",
  written: (name: keyof GivenAnalysisOptions) => string = (name) => name,
): AnalysisOptions {
  const { convention } = readOptions(caller, ANALYSIS_OPTIONS, given);
  const { network, convention: _, ...read } = readOptions(caller, ANALYSIS_OPTIONS, {
    ...CONVENTIONS[convention],
    ...withoutUndefined(given),
  });
  const complete = {
    ...{ network, ...read, ...nullDraws(read, written) },
    architecture: givenArchitecture(read.architecture, written("architecture")),
  };
  const { q, alpha0, radii, threshold, distance, digits } = complete;
  if (alpha0 === "argmax" && !qGrid(q).includes(0)) {
    throw new RangeError(
      `the q grid ${q.min}:${q.max}:${q.step} leaves out 0, where f is largest; include 0, or take ` +
        `${written("alpha0")} analytic`,
    );
  }
  qGrid(q);
  boxScale(typeof threshold === "number" ? threshold : USUAL_LENGTH, digits);
  if (radii !== "occurring") {
    radiiOf(radii);
    if (typeof threshold === "number") checkRadiiWithin(radii, threshold);
  }
  if (network === "full") return fullOptions(complete, given, written);
  if (distance === "edge" && complete.pathLayers !== undefined) {
    throw new RangeError(
      `${written("pathLayers")} is ${complete.pathLayers}, but only ${written("distance")} ` +
        `"path" looks more than one layer ahead; choose it, or leave ${written("pathLayers")} out`,
    );
  }
  if (distance === "path" && (complete.layers ?? complete.roles) !== undefined) {
    throw new RangeError(
      `only some layers can be measured by ${written("distance")} "edge", but it is "path", ` +
        "which leads through others",
    );
  }
  const pathLayers = distance === "edge" ? undefined : complete.pathLayers ?? 2;
  const names = ["network", ...SAMPLED_ONLY_NAMES, ...FULL_NAMES];
  return inOrder({ ...complete, network, pathLayers }, names) as SampledOptions;
}

function fullOptions(
  complete: OptionValues<SampledName | MeasuringName>,
  given: GivenAnalysisOptions,
  written: (name: SampledName) => string,
): FullOptions {
  for (const name of SAMPLED_ONLY_NAMES) {
    if (given[name] === undefined) continue;
    throw new RangeError(
      `${written(name)} is about sampled networks, and the full network takes none; leave one out`,
    );
  }
  const { threshold, radii, digits } = complete;
  if (typeof threshold !== "number") {
    throw new RangeError(
      "the threshold of a full network must be a length: medians are taken over samples; give a number such as 150",
    );
  }
  lengthBins(1, threshold, digits);
  // What a full network cannot be fitted at is refused before it is counted.
  if (radii !== "occurring") binsOfRadii(radii, { threshold, digits });
  return inOrder({ ...complete, network: "full" }, ["network", ...FULL_NAMES]) as FullOptions;
}

type NullOption = "null" | "nullDraws" | "nullSeed";

/** The draws and the seed of the null model, none where there is no null model. */
function nullDraws(
  options: OptionValues<NullOption>,
  written: (name: NullOption) => string,
): OptionValues<NullOption> {
  const { null: kind, nullDraws, nullSeed } = options;
  if (kind === undefined) {
    for (const name of ["nullDraws", "nullSeed"] as const) {
      if (options[name] === undefined) continue;
      throw new RangeError(
        `${written(name)} is about a null model, and none is given; give ${written("null")}, ` +
          `such as "permute", or leave ${written(name)} out`,
      );
    }
    return options;
  }
  if (kind === "rescale" && (nullDraws ?? 1) > 1) {
    throw new RangeError(
      `the null model "rescale" has nothing to draw, so it has 1 draw, not ${nullDraws}; leave the number out`,
    );
  }
  const draws = nullDraws ?? (kind === "rescale" ? 1 : 20);
  return { null: kind, nullDraws: draws, nullSeed: nullSeed ?? 0 };
}

/** An object's entries that are not `undefined`. */
function withoutUndefined<T extends object>(options: T): T {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}

/** The entries of some names in their order, without those that are `undefined`, so that records compare as text. */
function inOrder(options: object, names: readonly string[]): object {
  const values = options as Readonly<Record<string, unknown>>;
  return withoutUndefined(Object.fromEntries(names.map((name) => [name, values[name]])));
}

/** Refuse radii beyond the longest edge that counts, where masses grow no more and slopes say nothing. */
export function checkRadiiWithin({ min, max }: FixedRadii, threshold: number): void {
  if (max <= threshold) return;
  throw new RangeError(
    `the radii ${min} to ${max} go beyond the threshold ${threshold}, up to which edges count; end them there`,
  );
}

/** Whether options are those of full networks. */
export function isFull<Sampled extends object>(
  options: Sampled | { readonly network: "full" },
): options is Extract<typeof options, { readonly network: "full" }> {
  return "network" in options && options.network === "full";
}

/** Only what decides sampled networks, in a fixed order, so that two can be compared as text. */
export function networkOptions(
  { samples, layerSample, qkv, edges, ...more }: NetworkOptions,
): NetworkOptions {
  return { samples, layerSample, qkv, edges, ...declaredNetwork(more) };
}

/** The choices that decided the tables of a model, all of them. */
export type NfdChoices =
  & OptionValues<"nfdThreshold" | "digits" | "minimumEdges" | "includeStructural">
  & Partial<OptionValues<"layers" | "roles">>
  & DeclaredNetwork
  & (NetworkOptions | { readonly network: "full" });

/** Only what decides the tables of a model, in a fixed order. */
export function nfdChoices(options: AnalysisOptions): NfdChoices {
  const { nfdThreshold, digits, minimumEdges, includeStructural, layers, roles } = options;
  return {
    ...isFull(options) ? { network: options.network } : networkOptions(options),
    ...{ nfdThreshold, digits, minimumEdges, includeStructural },
    ...declaredNetwork(options),
    ...layers && { layers },
    ...roles && { roles },
  };
}

/** The samples that tables are about: their numbers, or `full`. */
export function samplesOf(
  options: Pick<NetworkOptions, "samples"> | { readonly network: "full" },
): SampleNumber[] {
  return isFull(options) ? ["full"] : Array.from({ length: options.samples }, (_, k) => k);
}

/** The first choice of one in which another differs, with both values; `null` where none does. */
export function firstDifference(
  one: object,
  other: object,
): { name: string; values: [unknown, unknown] } | null {
  for (const [name, value] of Object.entries(one)) {
    const otherValue: unknown = (other as Record<string, unknown>)[name];
    if (JSON.stringify(value) === JSON.stringify(otherValue)) continue;
    return { name, values: [value, otherValue ?? "not given"] };
  }
  return null;
}
