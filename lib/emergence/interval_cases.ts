/** Simulations of what is claimed of intervals of means, of E and of its excess, where the truth is known. */

import type { FixedRadii } from "../options/values.ts";
import { growBoxes } from "../networks/grow_boxes.ts";
import { multifractalSpectrum } from "../multifractal/multifractal_spectrum.ts";
import { bootstrapInterval, resampleWeights } from "../statistics/bootstrap_interval.ts";
import type { CalibrationCase } from "../statistics/calibrate.ts";
import { intervalOfValues, Resamples } from "../statistics/mean_interval.ts";
import { RandomDraws } from "../statistics/random_draws.ts";
import {
  type ComparableSpectrum,
  type ComparableStep,
  degreeOfEmergence,
  emergence,
  emergenceAgainst,
  keepSamples,
} from "./degree_of_emergence.ts";
import { TOO_NARROW } from "./evidence_notes.ts";
import { excessEmergence } from "./excess_emergence.ts";

/** How an interval is taken: as {@linkcode meanInterval} does, or by percentiles of a bootstrap, as it was until version 0.1. */
export type IntervalMethod = "studentised" | "percentile";

/** Bootstrap draws of the simulations: fewer than usual, for the sake of time. */
const DRAWS = 500;

/** Deviation within two kinds of samples whose distance is 1. */
const WITHIN = 0.03;

/** A distribution with its mean. */
interface Law {
  readonly name: string;
  readonly mean: number;
  readonly draw: (random: RandomDraws) => number;
}

const normal: Law = { name: "normal", mean: 0, draw: (random) => random.normal() };
const exponential: Law = {
  ...{ name: "exponential", mean: 1 },
  draw: (random) => -Math.log(1 - random.uniform()),
};

/** A lognormal distribution, the more skewed the larger the deviation of its logarithm. */
function lognormal(deviation: number): Law {
  return {
    name: `lognormal, deviation ${deviation}`,
    mean: Math.exp(deviation ** 2 / 2),
    draw: (random) => Math.exp(deviation * random.normal()),
  };
}

/** Two kinds of samples, a share of the upper kind. */
function twoKinds(share: number): Law {
  return {
    name: `two kinds, ${100 * share} % of one`,
    mean: share,
    draw: (random) => +(random.uniform() < share) + WITHIN * random.normal(),
  };
}

const UNSEEN = "known: one kind is often unseen";
const NOTED = "noted: one kind is often unseen, and rows say so";
const SKEWED = "known: too skewed";

/** Laws with the numbers of samples, and what is known where no interval can hold the mean often enough. */
const LAWS: readonly (readonly [law: Law, size: number, known?: string])[] = [
  ...[5, 10, 20].map((size) => [normal, size] as const),
  ...[5, 10, 20].map((size) => [lognormal(0.5), size] as const),
  ...[10, 20].map((size) => [exponential, size] as const),
  [lognormal(1), 10, SKEWED],
  [twoKinds(0.5), 5],
  [twoKinds(0.7), 5, UNSEEN],
  [twoKinds(0.7), 10],
  [twoKinds(0.9), 10, UNSEEN],
  [twoKinds(0.5), 20],
  [twoKinds(0.8), 20],
];

/**
 * The claim that a 95 % interval holds the truth, for means of samples of several distributions, and for E of sampled networks
 * with Gaussian weights (32 neurons a layer, two blocks of width 64, threshold 150) whose weights shrink or grow.
 *
 * @param method Another way of taking the interval, for comparison.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { calibrate, intervalCases } from "neuromfa/statistics";
 *
 * const few = intervalCases("percentile").filter(({ name }) => name === "normal, 5 samples");
 * assert.ok(calibrate(few, 200)[0]!.share < 0.9);
 * ```
 */
export function intervalCases(method: IntervalMethod = "studentised"): CalibrationCase[] {
  const read = { draws: DRAWS, level: 0.95, seed: 0 }, resamples = new Resamples(read);
  const of = (values: Float64Array) => {
    if (method === "studentised") return intervalOfValues(values, read, resamples);
    const mean = (times: Uint32Array) =>
      values.reduce((sum, value, i) => sum + times[i]! * value, 0) / values.length;
    return bootstrapInterval(resamples.of(values.length), values.length, mean);
  };
  const means = LAWS.map(([law, size, known]): CalibrationCase => ({
    ...{ name: `${law.name}, ${size} samples`, claim: "interval" },
    ...known !== undefined && { known },
    simulate(random) {
      const { low, high } = of(Float64Array.from({ length: size }, () => law.draw(random)));
      return Number.isNaN(low) ? null : low <= law.mean && law.mean <= high;
    },
  }));
  // As enoughSamples() takes samples: ten, and five more until the interval is narrow enough.
  const enough: CalibrationCase = {
    ...{ name: "normal, until the margin is 0.4 deviations", claim: "interval" },
    simulate(random) {
      const values = Array.from({ length: 10 }, () => random.normal());
      for (;;) {
        const { low, high } = of(Float64Array.from(values));
        if (high - low <= 0.8 || values.length === 100) return low <= 0 && high >= 0;
        for (let i = 0; i < 5; i++) values.push(random.normal());
      }
    },
  };
  const networks = POPULATIONS.flatMap(({ words, growth, radii, known }) =>
    [5, 10, 20].map((size): CalibrationCase => ({
      ...{ name: `E, ${words}, ${size} samples`, claim: "interval" },
      ...known !== undefined && { known },
      simulate(random) {
        const pool = gaussianPairs(growth, radii);
        const steps = sampledSteps(pool, size, random);
        const { low, high, isNoted } = emergenceInterval(steps, method);
        return Number.isNaN(low) ? null : { outcome: low <= pool.E && pool.E <= high, isNoted };
      },
    }))
  );
  return [...means, enough, ...networks];
}

/**
 * The claim that in 5 % of runs the excess differs from 0 where E is that of one more null draw, by interval and by p value.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { calibrate, excessCases } from "neuromfa/statistics";
 *
 * const [interval] = calibrate(excessCases().slice(0, 1), 200);
 * assert.ok(interval!.share < 0.1);
 * ```
 */
export function excessCases(): CalibrationCase[] {
  return [9, 19].flatMap((draws) =>
    (["interval", "p value"] as const).flatMap((by): CalibrationCase[] =>
      // Nine draws allow no p value of 0.05.
      by === "p value" && draws < 19 ? [] : [{
        ...{ name: `${by} of the excess over ${draws} null draws`, claim: "test" },
        simulate(random) {
          const pool = gaussianPairs(0.9);
          const [run, ...nulls] = Array.from(
            { length: draws + 1 },
            () => sampledSteps(pool, 4, random),
          );
          const [, row] = excessEmergence(run!, nulls, { draws: 1 });
          if (by === "p value") return row!.pValue <= 0.05;
          return row!.excessLow > 0 || row!.excessHigh < 0;
        },
      }]
    )
  );
}

/** The interval of E at the second of two steps. */
function emergenceInterval(
  steps: readonly [ComparableStep, ComparableStep],
  method: IntervalMethod,
): { readonly low: number; readonly high: number; readonly isNoted: boolean } {
  if (method === "studentised") {
    const { eLow, eHigh, status } = degreeOfEmergence(steps, { draws: DRAWS })[1]!;
    return { low: eLow, high: eHigh, isNoted: status.includes(TOO_NARROW) };
  }
  const size = steps[0].samples.length, numbers = [...Array(size).keys()];
  const [before, after] = steps.map((step) => keepSamples(step, numbers, 0));
  const weights = resampleWeights(size, DRAWS, 0);
  const { low, high } = bootstrapInterval(
    weights,
    size,
    (times) => emergence(after!, before!, times),
  );
  return { low, high, isNoted: false };
}

/** Radii that are the same in all networks, below which few edges lie. */
const FIXED: FixedRadii = { min: 5, max: 150 };

/** The networks that samples are drawn from: by what factor weights grow, and which radii fits are over. */
const POPULATIONS: readonly {
  readonly words: string;
  readonly growth: number;
  readonly radii: "occurring" | FixedRadii;
  readonly known?: string;
}[] = [
  { words: "weights × 2", growth: 2, radii: "occurring" },
  // One in ten of the shrunk networks lacks the smallest radius of the others, and one in fifteen of
  // the grown has a smaller one.
  { words: "weights × 0.9", growth: 0.9, radii: "occurring", known: NOTED },
  { words: "weights × 1.2", growth: 1.2, radii: "occurring", known: NOTED },
  { words: "weights × 0.9, radii 5 to 150", growth: 0.9, radii: FIXED },
];

/** Pairs of networks that are drawn from. */
const PAIRS = 120;

/** Pairs of networks before and after, all that there are, and the E of all of them. */
interface Pairs {
  readonly pairs: readonly (readonly [ComparableSpectrum, ComparableSpectrum])[];
  readonly E: number;
}

const made = new Map<string, Pairs>();

/** Networks of normal weights, half of whose variance stays while all of them shrink or grow. */
function gaussianPairs(growth: number, radii: "occurring" | FixedRadii = FIXED): Pairs {
  const key = JSON.stringify([growth, radii]), known = made.get(key);
  if (known) return known;
  const random = new RandomDraws(`pairs ${growth}`);
  const pairs = Array.from({ length: PAIRS }, () => {
    const before = NEURONS.map(({ neurons, edges, sigma }) =>
      Float64Array.from({ length: neurons * edges }, () => sigma * random.normal())
    );
    const after = NEURONS.map(({ sigma }, kind) =>
      before[kind]!.map((weight) => growth * Math.SQRT1_2 * (weight + sigma * random.normal()))
    );
    return [spectrumOf(before, radii), spectrumOf(after, radii)] as const;
  });
  const means = [0, 1].map((step) => meanSpectrum(pairs.map((pair) => pair[step]!)));
  const found = { pairs, E: emergenceAgainst(means[0]!, means[1]!) };
  made.set(key, found);
  return found;
}

/** Neurons by kind: those of two blocks of width 64 in a sample of 32, with the deviations of their untrained weights. */
const NEURONS = [
  { neurons: 64, edges: 96, sigma: Math.sqrt(2 / 5 / 64) },
  { neurons: 64, edges: 32, sigma: 1 / Math.sqrt(64) },
  { neurons: 64, edges: 64, sigma: Math.sqrt(2 / 5 / 64) },
  { neurons: 128, edges: 32, sigma: 1 / Math.sqrt(64) },
];

function spectrumOf(
  weights: readonly Float64Array[],
  fitted: "occurring" | FixedRadii,
): ComparableSpectrum {
  const lengths = weights.flatMap((own) => Array.from(own, (weight) => 1 / Math.abs(weight)));
  const offsets = [0];
  for (const { neurons, edges } of NEURONS) {
    for (let i = 0; i < neurons; i++) offsets.push(offsets.at(-1)! + edges);
  }
  const nodes = offsets.length - 1;
  const masses = growBoxes({
    nodeIds: Int32Array.from({ length: nodes }, (_, i) => i),
    nodeLayers: new Uint16Array(nodes),
    layers: [{ name: "all", block: 0, role: "all", size: nodes, learned: true }],
    ...{ offsets: Uint32Array.from(offsets), lengths: Float64Array.from(lengths) },
  });
  const { status, ...found } = multifractalSpectrum(masses, { radii: fitted });
  if (!("alpha0" in found)) throw new Error(`a Gaussian network has no spectrum: ${status}`);
  const { alpha0, width, filterPass, radii, smallestRadii } = found;
  return { status: "ok", alpha0, width, filterPass, radii, smallestRadii };
}

function meanSpectrum(spectra: readonly ComparableSpectrum[]): { alpha0: number; width: number } {
  let alpha0 = 0, width = 0;
  for (const spectrum of spectra) {
    if (spectrum.status !== "ok") continue;
    alpha0 += spectrum.alpha0 / spectra.length;
    width += spectrum.width / spectra.length;
  }
  return { alpha0, width };
}

/** Some samples of the pairs, as the steps of a run. */
function sampledSteps(
  { pairs }: Pairs,
  size: number,
  random: RandomDraws,
): [ComparableStep, ComparableStep] {
  const drawn = Array.from({ length: size }, () => pairs[random.integer(PAIRS - 1)]!);
  const step = (step: number, place: 0 | 1) => ({
    step,
    samples: drawn.map((pair, sample) => ({ sample, spectrum: pair[place] })),
  });
  return [step(0, 0), step(1, 1)];
}
