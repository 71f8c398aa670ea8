/** Everything about a network's multifractality, from its masses. */

import { type MassTable, type RadiusEdges, smallestRadii } from "../networks/mass_table.ts";
import { given, type Option } from "../options/option.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { pick, type ReadOptions, readOptions } from "../options/read_options.ts";
import type { QGrid } from "../options/values.ts";
import { analyticAlpha0Of, type MassExponent, massExponent } from "./mass_exponent.ts";
import { massesAtRadii } from "./fixed_radii.ts";
import { partitionFunctionOf } from "./partition_function.ts";
import type { PartitionSums } from "./node_sums.ts";
import { partitionSums } from "./partition_sums.ts";
import { qGrid } from "./q_grid.ts";
import {
  type FilterPass,
  filterPass,
  type Spectrum,
  spectrum,
  spectrumAsymmetry,
} from "./legendre_spectrum.ts";

/** How a spectrum is taken. */
export interface MultifractalSpectrumOptions
  extends SomeOptions<"alpha0" | "filterTolerance" | "radii"> {
  /** Orders q, as a uniform grid or one by one; −3 to 3 by 0.1 unless given. */
  readonly q?: QGrid | ArrayLike<number>;
}

/** The options of a spectrum, as declared; orders may also be given one by one. */
export const SPECTRUM_OPTIONS = {
  ...pick(OPTIONS, ["alpha0", "filterTolerance", "radii"]),
  q: given<QGrid | ArrayLike<number>>(
    "a grid { min, max, step } or a list of numbers",
    (value) =>
      typeof value === "object" && value !== null && ("length" in value || "step" in value),
    { help: OPTIONS.q.help },
  ) as Option<QGrid | ArrayLike<number>>,
};

/** How a spectrum is taken, all of it. */
export type ReadSpectrumOptions = ReadOptions<typeof SPECTRUM_OPTIONS>;

/** What is known of every network, whether it has a spectrum or not. */
export interface NetworkCounts {
  /** Edges of the network, within the threshold or not. */
  readonly edges: number;
  /** Nodes of the network, selected or not. */
  readonly nodes: number;
  /** Nodes with more edges within the threshold than the least number: the ones averaged over. */
  readonly selectedNodes: number;
  /** Number of radii, the points of every fit. */
  readonly radii: number;
}

/** A spectrum that could be taken. */
export interface MeasuredSpectrum extends NetworkCounts, MassExponent, Spectrum {
  /** Tells that there is a spectrum. */
  readonly status: "ok";
  /** alpha_0 by the convention asked for: the regularity of the network. */
  readonly alpha0: number;
  /** tau'(0), whichever convention was asked for. */
  readonly alpha0Analytic: number;
  /** From −1 to 1, see {@linkcode spectrumAsymmetry}; `null` for a spectrum of a single alpha. */
  readonly asymmetry: number | null;
  /** Whether the spectrum passes each filter mode. */
  readonly filterPass: FilterPass;
  /**
   * The two smallest radii with their edges where radii are those that occur: every fit begins
   * there, and a network that lacks them has other slopes. None where radii are fixed.
   */
  readonly smallestRadii: readonly RadiusEdges[];
  /**
   * The share of the model's neurons that the network has; only where the network was there, and
   * not its masses alone.
   */
  readonly drawnShare?: number;
}

/** Of how many radii a spectrum keeps the edges. */
export const SMALLEST_RADII = 2;

/** A network that has no spectrum, with the reason. */
export interface UnmeasuredSpectrum extends NetworkCounts {
  /** Why there is none. */
  readonly status: "no node selected" | "only one radius";
  /** The reason as a sentence, and what to do. */
  readonly reason: string;
}

/** The multifractal spectrum of a network, or the reason why it has none; `status` tells which. */
export type MultifractalSpectrum = MeasuredSpectrum | UnmeasuredSpectrum;

/**
 * Take the multifractal spectrum of a network (Xiao et al., ICLR 2025, arXiv 2402.09099).
 *
 * @returns tau(q), alpha, f(alpha), alpha_0 and width with their evidence, or a status and a reason.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { multifractalSpectrum } from "neuromfa/multifractal";
 *
 * const result = multifractalSpectrum({
 *   radii: Float64Array.of(2, 5), counts: Uint32Array.of(6, 6, 3, 12),
 *   selected: Uint32Array.of(0, 1), nodes: 2, edges: 27,
 * });
 * if (result.status !== "ok") throw new Error(result.reason);
 * equal(result.alpha0.toFixed(3), "1.094");
 * ```
 */
export function multifractalSpectrum(
  grown: MassTable,
  options: MultifractalSpectrumOptions = {},
): MultifractalSpectrum {
  return spectrumOfMasses(grown, readOptions("multifractalSpectrum", SPECTRUM_OPTIONS, options));
}

/**
 * Take the spectrum of a network whose options have been read, with the share of the model's
 * neurons that it has.
 */
export function spectrumOfMasses(
  grown: MassTable,
  options: ReadSpectrumOptions,
  drawnShare?: number,
): MultifractalSpectrum {
  const { radii } = options;
  const masses = radii === "occurring" ? grown : massesAtRadii(grown, radii);
  const q = ordersOf(options.q);
  const smallest = radii === "occurring" ? smallestRadii(grown, SMALLEST_RADII) : [];
  const share = drawnShare === undefined ? {} : { drawnShare };
  const summed = { ...masses, smallestRadii: smallest, ...share, q };
  return spectrumOfSums({ ...summed, sums: () => partitionSums(masses, q) }, options);
}

/** The orders of a grid or of a list; the published ones unless given. */
export function ordersOf(q?: QGrid | ArrayLike<number>): Float64Array {
  return q === undefined || "step" in q ? qGrid(q) : Float64Array.from(q);
}

/** What a spectrum is made of, however it was summed. */
export interface SummedNetwork {
  readonly edges: number;
  readonly nodes: number;
  /** One entry for each node that the sums are over. */
  readonly selected: { readonly length: number };
  readonly radii: Float64Array;
  /** The smallest radii with their edges; none where radii are fixed. */
  readonly smallestRadii: readonly RadiusEdges[];
  /** The share of the model's neurons that it has, if known. */
  readonly drawnShare?: number;
  readonly q: Float64Array;
  /** The sums at those radii and orders; called only where there is a spectrum. */
  readonly sums: () => PartitionSums;
}

/** Take the multifractal spectrum of a network from its sums over nodes. */
export function spectrumOfSums(
  { edges, nodes, selected, radii, smallestRadii, drawnShare, q, sums }: SummedNetwork,
  { alpha0, filterTolerance }: Pick<ReadSpectrumOptions, "alpha0" | "filterTolerance">,
): MultifractalSpectrum {
  const counts = { edges, nodes, selectedNodes: selected.length, radii: radii.length };
  if (counts.selectedNodes === 0) {
    const reason = `None of the ${nodes} nodes has enough edges within the threshold; ` +
      "raise the threshold or draw more neurons.";
    return Object.freeze({ ...counts, status: "no node selected", reason });
  }
  if (counts.radii < 2) {
    const reason = `Every counted edge rounds to the length ${radii[0]}, and a slope needs two; ` +
      "raise the threshold or digits.";
    return Object.freeze({ ...counts, status: "only one radius", reason });
  }
  const { powers, logMasses } = sums();
  const exponent = massExponent(partitionFunctionOf(q, radii, { powers }));
  const found = spectrum(exponent.q, exponent.tau);
  const analytic = analyticAlpha0Of(radii, logMasses, selected.length);
  const chosen = alpha0 === "analytic" ? analytic : found.maximum.alpha;
  return Object.freeze({
    ...counts,
    ...exponent,
    ...found,
    status: "ok",
    alpha0: chosen,
    alpha0Analytic: analytic,
    asymmetry: spectrumAsymmetry(found.alpha, chosen),
    filterPass: filterPass(found, filterTolerance),
    smallestRadii,
    ...drawnShare !== undefined && { drawnShare },
  });
}
