/** The spectrum that independent weights have on average, from their distribution and the numbers of edges alone. */

import type { SomeOptions } from "../options/options.ts";
import { pick } from "../options/read_options.ts";
import type { QGrid } from "../options/values.ts";
import { BOX_OPTIONS, boxScale, readBoxOptions } from "../networks/box_options.ts";
import { binomialPoints, type WeightedPoints } from "./binomial_points.ts";
import type { LengthLaw } from "./length_law.ts";
import { type FilterPass, filterPass, type Spectrum, spectrum } from "./legendre_spectrum.ts";
import { ordersOf, SPECTRUM_OPTIONS } from "./multifractal_spectrum.ts";
import { relativeLogRadii } from "./partition_function.ts";

/** Neurons that have the same numbers of edges, with lengths of the same distributions. */
export interface NeuronKind {
  /** How many such neurons a network has. */
  readonly neurons: number;
  /** Their out-edges, by distribution: those to query, key and value may be three. */
  readonly edges: readonly { readonly edges: number; readonly lengths: LengthLaw }[];
}

/** How the spectrum is taken. */
export interface ExpectedSpectrumOptions extends SomeOptions<"minimumEdges" | "filterTolerance"> {
  /** Orders q, as a uniform grid or one by one; −3 to 3 by 0.1 unless given. */
  readonly q?: QGrid | ArrayLike<number>;
}

const EXPECTED_OPTIONS = {
  ...BOX_OPTIONS,
  ...pick(SPECTRUM_OPTIONS, ["q", "filterTolerance"]),
};

/** A spectrum that independent weights are expected to have. */
export interface ExpectedSpectrum extends Spectrum {
  /** Tells that there is a spectrum. */
  readonly status: "ok";
  /** Orders. */
  readonly q: Float64Array;
  /** tau(q). */
  readonly tau: Float64Array;
  /** tau'(0): the regularity. */
  readonly alpha0: number;
  /** Whether it passes each filter mode. */
  readonly filterPass: FilterPass;
  /** How many neurons are expected to have enough edges. */
  readonly selectedNodes: number;
  /** Radii that an edge may have, ascending. */
  readonly radii: Float64Array;
  /** The probability that an edge of a network has each of them. */
  readonly occurs: Float64Array;
  /** `ln E[Z_q(r)]`, row-major [orders × radii]. */
  readonly logZ: Float64Array;
}

/** Why there is no spectrum. */
export interface NoExpectedSpectrum {
  /** Why there is none, in a word or two. */
  readonly status: "no node selected" | "only one radius";
  /** The reason as a sentence, and what to do. */
  readonly reason: string;
}

/**
 * The spectrum that a network of independent weights has on average; no network is made.
 *
 * A neuron with n edges of a distribution F(r) = P(1 < d ≤ r + 1/2), d being the length before rounding, has K ~ Binomial(n, F(T)) of
 * them within the threshold T. It counts if K is above `minimumEdges`; then M(T) = 1 + K, and given K, M(r) − 1 ~ Binomial(K,
 * F(r) / F(T)). So `E[Z_q(r)] = Σ neurons Σ_K P(K) Σ_k P(k | K) ((1 + k) / (1 + K))^q`. Neurons add up, and with hundreds of them
 * ln Z_q(r) is close to `ln E[Z_q(r)]`. tau(q) is its slope on ln r, each radius weighted by the probability that an edge has it;
 * where one may not, `E[Z_q(r)]` is taken given that one does. Edges of several distributions
 * are counted by the binomial with the mean and variance of their sum, which is exact for one.
 *
 * @param kinds Neurons by kind, all for the same threshold and digits.
 * @returns The spectrum, or a status and a reason.
 * @throws {RangeError} If kinds are not for the same threshold and digits, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { expectedSpectrum, gaussianLengths } from "neuromfa/multifractal";
 *
 * const at = (sigma: number) => {
 *   const lengths = gaussianLengths(sigma, { threshold: 150, digits: 0 });
 *   const found = expectedSpectrum([{ neurons: 640, edges: [{ edges: 96, lengths }] }]);
 *   if (found.status !== "ok") throw new Error(found.reason);
 *   return found;
 * };
 * const before = at(0.03), after = at(0.06);
 * const E = after.width / before.width * Math.log(before.alpha0 / after.alpha0);
 * assert.ok(E > 0.2); // nothing was learned but the scale
 * ```
 */
export function expectedSpectrum(
  kinds: readonly NeuronKind[],
  options: ExpectedSpectrumOptions = {},
): ExpectedSpectrum | NoExpectedSpectrum {
  const laws = kinds.flatMap(({ edges }) => edges.map(({ lengths }) => lengths));
  const { threshold, digits } = sameLengths(laws);
  const read = readBoxOptions(
    "expectedSpectrum",
    EXPECTED_OPTIONS,
    { ...options, threshold, digits },
  );
  const q = ordersOf(read.q), scale = boxScale(threshold, digits);
  const bins = [...laws[0]!.within.keys()].filter((bin) =>
    bin > 0 && laws.some(({ within }) => within[bin]! > 0)
  );
  const sums = new ExpectedSums(kinds, bins, q, read.minimumEdges);
  if (!(sums.selected > 1e-9)) {
    const reason = "no neuron is expected to have enough edges within the threshold; raise it";
    return { status: "no node selected", reason };
  }
  const occurs = sums.occurs(), used = [...bins.keys()].filter((j) => occurs[j]! > 1e-12);
  if (used.length < 2) {
    const reason = "every edge that counts has the same rounded length; raise the threshold";
    return { status: "only one radius", reason };
  }
  const radii = Float64Array.from(used, (j) => bins[j]! / scale);
  const weights = Float64Array.from(used, (j) => occurs[j]!);
  const fit = weightedSlope(relativeLogRadii(radii), weights);
  const given = (row: (j: number) => number) => givenThatItOccurs(used, occurs, row);
  const logZ = new Float64Array(q.length * radii.length), tau = new Float64Array(q.length);
  q.forEach((_, o) => {
    const own = given((j) => sums.powers[j * q.length + o]!).map((z) => Math.log(z));
    logZ.set(own, o * radii.length);
    tau[o] = fit(own);
  });
  const found = spectrum(q, tau);
  const logMasses = given((j) => sums.logMasses[j]!).map((sum) => sum / sums.selected);
  return Object.freeze({
    ...{ status: "ok" as const, q, tau, ...found, alpha0: fit(logMasses) },
    filterPass: filterPass(found, read.filterTolerance),
    ...{ selectedNodes: sums.selected, radii, occurs: weights, logZ },
  });
}

function sameLengths(laws: readonly LengthLaw[]): LengthLaw {
  const [first] = laws;
  if (first === undefined) throw new RangeError("there is no kind of neuron with edges; give one");
  const other = laws.find(({ threshold, digits }) =>
    threshold !== first.threshold || digits !== first.digits
  );
  if (other === undefined) return first;
  throw new RangeError(
    `the lengths of kinds are for thresholds ${first.threshold} and ${other.threshold} at ${first.digits} and ` +
      `${other.digits} digits; give all of them for one`,
  );
}

/** The edges of a kind of neuron to one distribution of lengths. */
interface EdgeGroup {
  readonly edges: number;
  readonly within: Float64Array;
  /** `P(1 < d ≤ r)` by bin. */
  readonly upTo: Float64Array;
}

/** How many neurons have a mass within a radius, by that mass; none outside of those from the first to the last. */
interface NeuronsByMass {
  readonly neurons: Float64Array;
  first: number;
  last: number;
}

/** Neurons by their masses within a radius, for each mass within the threshold. */
type NeuronsByMasses = Map<number, NeuronsByMass>;

/** Expected sums over the neurons that count, at each radius. */
class ExpectedSums {
  /** `E[Σ_i p_i(r)^q]`, row-major [radii × orders]. */
  readonly powers: Float64Array;
  /** `E[Σ_i ln M_i(r)]`. */
  readonly logMasses: Float64Array;
  /** `E` of how many neurons count. */
  readonly selected: number;
  /** How many edges of them have each radius, expected. */
  readonly #edges: Float64Array;
  /** Powers of masses, by mass. */
  readonly #rows: Float64Array[] = [];

  /** Sums over the neurons that have more than so many edges within the threshold. */
  constructor(
    kinds: readonly NeuronKind[],
    bins: readonly number[],
    private readonly q: Float64Array,
    minimumEdges: number,
  ) {
    this.powers = new Float64Array(bins.length * q.length);
    this.logMasses = new Float64Array(bins.length);
    this.#edges = new Float64Array(bins.length);
    const known = kinds.map(({ neurons, edges }) => {
      const groups = edges.map(({ edges, lengths: { within } }): EdgeGroup => (
        { edges, within, upTo: upTo(within) }
      ));
      const likely = groups.map(({ edges, upTo }) => ({ edges, probability: upTo.at(-1)! }));
      const all = sumOfBinomials(likely);
      const within = binomialPoints(all.trials, all.probability, minimumEdges + 1);
      const mean = within.probabilities.reduce(
        (sum, chance, i) => sum + (within.first + i * within.stride) * chance,
        0,
      );
      const expected = groups.reduce((sum, { edges, upTo }) => sum + edges * upTo.at(-1)!, 0);
      return { neurons, groups, within, mean, expected };
    });
    this.selected = known.reduce(
      (sum, { neurons, within }) =>
        within.probabilities.reduce((sum, chance) => sum + neurons * chance, sum),
      0,
    );
    // Kinds that differ little have most masses in common, whose powers are then taken once.
    const byMass: NeuronsByMasses = new Map();
    bins.forEach((bin, j) => {
      for (const { neurons, groups, within, mean, expected } of known) {
        const here = groups.reduce((sum, { edges, within }) => sum + edges * within[bin]!, 0);
        if (expected > 0) this.#edges[j]! += neurons * mean * here / expected;
        countMasses(byMass, bin, neurons, groups, within);
      }
      this.#addMasses(j, byMass);
    });
  }

  /** The probability that an edge has each radius. */
  occurs(): Float64Array {
    return this.#edges.map((edges) => -Math.expm1(-edges));
  }

  /** Add up what is known at a radius; nothing is known of the next one then. */
  #addMasses(j: number, byMass: NeuronsByMasses): void {
    const { q: { length }, powers } = this, sums = new Float64Array(length);
    for (const [all, row] of byMass) {
      const { neurons, first, last } = row;
      sums.fill(0);
      for (let mass = first; mass <= last; mass++) {
        const some = neurons[mass]!;
        if (some === 0) continue;
        addTimes(sums, some, this.#powersOf(mass));
        this.logMasses[j]! += some * Math.log(mass);
      }
      const total = this.#powersOf(all);
      for (let o = 0, at = j * length; o < length; o++, at++) powers[at]! += sums[o]! / total[o]!;
      neurons.fill(0, first, last + 1);
      row.first = neurons.length;
      row.last = -1;
    }
  }

  #powersOf(mass: number): Float64Array {
    return this.#rows[mass] ??= this.q.map((q) => mass ** q);
  }
}

function addTimes(sums: Float64Array, times: number, values: Float64Array): void {
  for (let o = 0; o < sums.length; o++) sums[o]! += times * values[o]!;
}

/** Count the neurons of a kind by their masses within the threshold and within a radius. */
function countMasses(
  byMass: NeuronsByMasses,
  bin: number,
  neurons: number,
  groups: readonly EdgeGroup[],
  within: WeightedPoints,
): void {
  // The share of the edges within the threshold that are within the radius, of each distribution.
  const shares = groups.map(({ edges, upTo }) => ({
    edges: edges * upTo.at(-1)!,
    probability: Math.min(1, upTo[bin]! / (upTo.at(-1)! || 1)),
  }));
  const edges = shares.reduce((sum, share) => sum + share.edges, 0);
  within.probabilities.forEach((share, i) => {
    const all = within.first + i * within.stride;
    const some = sumOfBinomials(
      shares.map(({ edges: own, probability }) => ({ edges: own * all / edges, probability })),
    );
    const { first, stride, probabilities } = binomialPoints(some.trials, some.probability);
    let row = byMass.get(all + 1);
    if (row === undefined) {
      row = { neurons: new Float64Array(all + 2), first: all + 2, last: -1 };
      byMass.set(all + 1, row);
    }
    for (let k = 0; k < probabilities.length; k++) {
      row.neurons[first + k * stride + 1]! += neurons * share * probabilities[k]!;
    }
    row.first = Math.min(row.first, first + 1);
    row.last = Math.max(row.last, first + (probabilities.length - 1) * stride + 1);
  });
}

/** The binomial with the mean of a sum of binomials, and its variance as nearly as whole trials allow. */
function sumOfBinomials(
  parts: readonly { readonly edges: number; readonly probability: number }[],
): { trials: number; probability: number } {
  const trials = parts.reduce((sum, { edges }) => sum + edges, 0);
  const mean = parts.reduce((sum, { edges, probability }) => sum + edges * probability, 0);
  const squares = parts.reduce((sum, { edges, probability }) => sum + edges * probability ** 2, 0);
  if (parts.length === 1 || squares === 0) {
    return { trials: Math.round(trials), probability: mean / trials || 0 };
  }
  const matched = Math.max(Math.ceil(mean - 1e-9), Math.round(mean ** 2 / squares), 1);
  return { trials: matched, probability: Math.min(1, mean / matched) };
}

/** `P(1 < d ≤ r)` by bin. */
function upTo(within: Float64Array): Float64Array {
  let sum = 0;
  return within.map((probability) => sum += probability);
}

/**
 * A mean at each radius, given that an edge has that radius: without one the sum would be that of the radius before, and
 * the two, each with its probability, make the mean over all networks.
 */
function givenThatItOccurs(
  used: readonly number[],
  occurs: Float64Array,
  mean: (j: number) => number,
): Float64Array {
  return Float64Array.from(used, (j) => {
    const own = mean(j), without = j === 0 ? own : mean(j - 1), probability = occurs[j]!;
    return without + (own - without) / probability;
  });
}

/** Fits slopes on x, each point with its weight. */
function weightedSlope(x: Float64Array, weights: Float64Array) {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const meanOf = (y: Float64Array) =>
    y.reduce((sum, value, i) => sum + weights[i]! * value, 0) / all;
  const middle = meanOf(x), centred = x.map((value) => value - middle);
  const squares = centred.reduce((sum, value, i) => sum + weights[i]! * value * value, 0);
  return (y: Float64Array): number => {
    const mean = meanOf(y);
    return centred.reduce((sum, value, i) => sum + weights[i]! * value * (y[i]! - mean), 0) /
      squares;
  };
}
