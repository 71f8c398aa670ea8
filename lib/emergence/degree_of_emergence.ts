/** The degree of emergence E over training. */

import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import type { Baseline, FilterMode } from "../options/values.ts";
import { areSameSamples, withEvidence } from "./evidence_notes.ts";
import {
  FEWEST_VALUES,
  jackknifeInterval,
  type MeanInterval,
  Resamples,
} from "../statistics/mean_interval.ts";
import type {
  MeasuredSpectrum,
  UnmeasuredSpectrum,
} from "../multifractal/multifractal_spectrum.ts";

/**
 * One row of the table of E, under the names of its columns.
 *
 * @category Emergence
 */
export interface EmergenceRow {
  /** The training step. */
  readonly step: number;
  /** Regularity: mean alpha_0 of the samples kept. */
  readonly alpha0: number;
  /** Heterogeneity: mean width of the samples kept. */
  readonly width: number;
  /** The degree of emergence. */
  readonly E: number;
  /** Lower end of the interval of E. */
  readonly eLow: number;
  /** Upper end of the interval of E. */
  readonly eHigh: number;
  /** Samples with a spectrum that passes the filter. */
  readonly samplesKept: number;
  /** The step that E compares with, or `init` where step 0 was drawn; only where it is not the run's own step 0. */
  readonly baseline?: number | "init";
  /**
   * `"ok"`, or why some of the numbers are NaN, and notes on intervals that may be too narrow, few
   * neurons or poor fits, parted by semicolons.
   */
  readonly status: string;
}

/** How E is taken: the filter mode, the baseline, and the draws, level and seed of the bootstrap. */
export type DegreeOfEmergenceOptions = SomeOptions<
  "filterMode" | "draws" | "level" | "seed" | "baseline"
>;

const EMERGENCE_OPTIONS = pick(OPTIONS, ["filterMode", "draws", "level", "seed", "baseline"]);

/**
 * Compute the degree of emergence `E(t) = width(t) / width(0) · ln(alpha_0(0) / alpha_0(t))` of every step from
 * means over the samples kept, t = 0 being the untrained model (Xiao et al., ICLR 2025, arXiv 2402.09099). Another step can
 * take the place of step 0; without either, the rows have alpha_0 and width, and no E.
 *
 * The interval is that of {@linkcode meanInterval} for a function of means: each sample counts with
 * its spectra at t and at 0 together, since both were drawn alike. It needs five samples that are
 * not all the same. Where some samples hold a short edge and others do not, it is as wide as their
 * share is uncertain, and the status says so. The samples drawn may also agree by chance: with few
 * edges at the smallest radius another sample may have none there, and with many it may have a
 * shorter one. The status then says that the interval may be too narrow. It also notes fewer than 30
 * selected neurons and fits with r² below 0.5.
 *
 * @category Emergence
 * @param steps The spectra of every step.
 * @returns One row for each step, in the order given.
 * @throws {RangeError} If the baseline is missing, a step comes twice, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { degreeOfEmergence } from "neuromfa";
 *
 * const at = (step: number, alpha0: number, width: number) => {
 *   const spectrum = { status: "ok", alpha0, width, filterPass: [true, true, true, true] } as const;
 *   return { step, samples: [0, 1].map((sample) => ({ sample, spectrum })) };
 * };
 * const [, last] = degreeOfEmergence([at(0, 1, 0.5), at(1000, 0.5, 1)]);
 * equal(last!.E, 2 * Math.log(2));
 * ```
 */
export function degreeOfEmergence(
  steps: readonly ComparableStep[],
  options: DegreeOfEmergenceOptions = {},
): EmergenceRow[] {
  const read = readOptions("degreeOfEmergence", EMERGENCE_OPTIONS, options);
  const { filterMode, draws, level, seed, baseline } = read;
  const reference = checkSteps(steps, baseline), compared = `step ${reference}`;
  const samples = sampleNumbers(steps);
  const kept = steps.map((step) => keepSamples(step, samples, filterMode));
  const place = steps.findIndex(({ step }) => step === reference);
  const before = steps[place], untrained = kept[place];
  const named = baselineName(baseline);
  const more = named === undefined ? {} : { baseline: named };
  const resamples = new Resamples({ draws, seed });
  const once = new Uint32Array(samples.length).fill(1);
  const areSame = areSameSamples(steps, filterMode);
  return steps.map(({ step }, i) => {
    const now = kept[i]!;
    const row = {
      step,
      alpha0: weightedMean(now.alpha0, once),
      width: weightedMean(now.width, once),
      E: untrained === undefined ? NaN : emergence(now, untrained, once),
      ...{ eLow: NaN, eHigh: NaN, samplesKept: now.kept, ...more },
    };
    const missing = untrained === undefined
      ? whyNoEmergence(now, now, 0, filterMode) ?? noBaseline(steps)
      : whyNoEmergence(now, untrained, row.E, filterMode, compared);
    if (missing !== null) return Object.freeze({ ...row, E: NaN, status: missing });
    const fewest = Math.min(now.kept, untrained!.kept);
    if (fewest < FEWEST_VALUES) {
      const status = `no interval: ${fewest} ${fewest === 1 ? "sample" : "samples"} kept at this ` +
        `step or ${compared}, and it needs ${FEWEST_VALUES}`;
      return Object.freeze({ ...row, status });
    }
    // E of the baseline is 0 by definition.
    if (step === reference) return Object.freeze({ ...row, eLow: 0, eHigh: 0, status: "ok" });
    const { without, positions } = emergenceWithoutEach(now, untrained!);
    const interval = jackknifeInterval(row.E, without, { level, draws, seed }, resamples);
    const status = intervalStatus(interval, positions, now, untrained!, compared);
    return Object.freeze({ ...row, eLow: interval.low, eHigh: interval.high, status });
  }).map((row, i) => {
    const other = before && i !== place ? { step: before, name: compared } : null;
    return withEvidence(row, steps[i]!, other, filterMode, areSame);
  });
}

/** What the status says of an interval of E. */
function intervalStatus(
  { status, upper }: MeanInterval,
  positions: readonly number[],
  now: KeptStep,
  untrained: KeptStep,
  compared: string,
): string {
  const samples = positions.length;
  if (status === "ok") return "ok";
  if (status === "no spread") return `no interval: all ${samples} samples give the same E`;
  if (status !== "two kinds") return `no interval: ${status} among ${samples} samples`;
  const kinds = "two kinds of samples";
  for (const [step, when] of [[now, ""], [untrained, ` at ${compared}`]] as const) {
    // A length that not all samples have is one more radius.
    const [above, below] = [true, false].map((kind) => [
      ...new Set(positions.filter((_, i) => upper![i] === kind).map((at) => step.radii[at]!)),
    ]);
    if (above!.length !== 1 || below!.length !== 1) continue;
    const most = Math.max(above![0]!, below![0]!);
    if (above![0] === below![0] || Number.isNaN(most)) continue;
    const holding = positions.filter((at) => step.radii[at] === most).length;
    const verb = holding === 1 ? "holds" : "hold";
    return `${kinds}: ${holding} of ${samples} ${verb} an edge length that others lack${when}`;
  }
  const count = upper!.filter((is) => is).length;
  return `${kinds}: ${count} of ${samples} with a higher E`;
}

/** What E needs of one sample's spectrum, and what its status tells of the fits; every `MultifractalSpectrum` has it. */
export type ComparableSpectrum =
  | (
    & Pick<MeasuredSpectrum, "status" | "alpha0" | "width" | "filterPass">
    & Partial<
      Pick<
        MeasuredSpectrum,
        "selectedNodes" | "radii" | "smallestRadii" | "drawnShare" | "q" | "rValue"
      >
    >
  )
  | Pick<UnmeasuredSpectrum, "status" | "reason">;

/** The spectra of one training step; sample k was drawn alike at every step. */
export interface ComparableStep {
  /** The training step. */
  readonly step: number;
  /** The samples measured, each with its number. */
  readonly samples: readonly { readonly sample: number; readonly spectrum: ComparableSpectrum }[];
}

/** The baseline as tables name it; step 0 of the run itself needs no name. */
function baselineName(baseline: Baseline | undefined): number | "init" | undefined {
  if (baseline === undefined || baseline === 0) return undefined;
  return typeof baseline === "number" ? baseline : "init";
}

/** Why no step has an E where there is nothing to compare with. */
function noBaseline(steps: readonly ComparableStep[]): string {
  const first = Math.min(...steps.map(({ step }) => step));
  return `no E: there is no step 0 to compare with; baseline (--baseline ${first}) compares with the first step`;
}

/**
 * Check that a run has its baseline, and no step or sample twice.
 *
 * @returns The step to compare with: the baseline, else step 0; `null` where there is neither.
 */
export function checkSteps(
  steps: readonly ComparableStep[],
  baseline?: Baseline,
): number | null {
  const seen = new Set<number>();
  for (const { step, samples } of steps) {
    if (seen.has(step)) throw new RangeError(`Step ${step} comes twice; give every step once`);
    seen.add(step);
    const numbers = samples.map(({ sample }) => sample);
    const twice = numbers.find((sample, i) => numbers.indexOf(sample) !== i);
    if (twice === undefined) continue;
    throw new RangeError(`Sample ${twice} of step ${step} comes twice; give every sample once`);
  }
  const reference = typeof baseline === "number" ? baseline : 0;
  if (seen.has(reference)) return reference;
  if (baseline === undefined) return null;
  throw new RangeError(
    `E compares with step ${reference}, which is missing from the steps ${[...seen].join(", ")}; ` +
      "add it, or choose another baseline",
  );
}

/** The samples of a step that are kept, and for those without a spectrum why, a sentence each. */
type KeptStep = ReturnType<typeof keepSamples>;

/** The numbers of all samples that occur at some step, ascending. */
export function sampleNumbers(steps: readonly ComparableStep[]): number[] {
  return [...new Set(steps.flatMap((step) => step.samples.map(({ sample }) => sample)))]
    .sort((a, b) => a - b);
}

/** E of a step, from the samples drawn; NaN where none of them was kept at one of the two steps. */
export function emergence(now: KeptStep, untrained: KeptStep, times: Uint32Array): number {
  const means = ({ alpha0, width }: KeptStep) => (
    { alpha0: weightedMean(alpha0, times), width: weightedMean(width, times) }
  );
  return emergenceAgainst(means(untrained), means(now));
}

/** E without each of the samples that were kept at one of the two steps, and their positions. */
export function emergenceWithoutEach(
  now: KeptStep,
  untrained: KeptStep,
): { readonly without: Float64Array; readonly positions: readonly number[] } {
  const positions = [...now.alpha0.keys()].filter((position) =>
    !Number.isNaN(now.alpha0[position]!) || !Number.isNaN(untrained.alpha0[position]!)
  );
  const [after, before] = [now, untrained].map(({ alpha0, width }) => {
    const [alpha0Without, widthWithout] = [alpha0, width].map(meanWithoutEach);
    return (position: number) => (
      { alpha0: alpha0Without![position]!, width: widthWithout![position]! }
    );
  });
  const without = Float64Array.from(
    positions,
    (position) => emergenceAgainst(before!(position), after!(position)),
  );
  return { without, positions };
}

/** The mean of the values that are not NaN but for one, at the place of each. */
function meanWithoutEach(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const first = known[0] ?? NaN, sum = known.reduce((all, value) => all + (value - first), 0);
  const mean = first + sum / known.length;
  return values.map((value) =>
    Number.isNaN(value) ? mean : first + (sum - (value - first)) / (known.length - 1)
  );
}

/** The formula of E, `width / width_0 · ln(alpha_0,0 / alpha_0)`, for one spectrum against another. */
export function emergenceAgainst(
  before: Pick<EmergenceRow, "alpha0" | "width">,
  now: Pick<EmergenceRow, "alpha0" | "width">,
): number {
  // + 0 turns the −0 of a spectrum against itself into 0.
  return now.width / before.width * Math.log(before.alpha0 / now.alpha0) + 0;
}

/** The mean of the values that are not NaN, each counted as often as its sample was drawn; NaN if none was. */
export function weightedMean(values: Float64Array, times: Uint32Array): number {
  let sum = 0, count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    sum += times[i]! * values[i]!;
    count += times[i]!;
  }
  return sum / count;
}

/** alpha_0 and width of the samples that pass a filter mode, by position in the list of all samples; NaN where dropped. */
export function keepSamples(step: ComparableStep, samples: readonly number[], mode: FilterMode) {
  const alpha0 = new Float64Array(samples.length).fill(NaN), width = alpha0.slice();
  const radii = alpha0.slice();
  let kept = 0;
  for (const { sample, spectrum } of step.samples) {
    if (spectrum.status !== "ok" || !spectrum.filterPass[mode]) continue;
    const position = samples.indexOf(sample);
    alpha0[position] = spectrum.alpha0;
    width[position] = spectrum.width;
    radii[position] = spectrum.radii ?? NaN;
    kept++;
  }
  const unmeasured = step.samples.flatMap(({ spectrum }) =>
    spectrum.status === "ok" ? [] : [spectrum.reason]
  );
  return { alpha0, width, radii, kept, given: step.samples.length, unmeasured };
}

/** Why a step has no E, `null` where it has one. */
export function whyNoEmergence(
  now: KeptStep,
  untrained: KeptStep,
  value: number,
  mode: FilterMode,
  compared = "step 0",
): string | null {
  const dropped = ({ given, unmeasured }: KeptStep) => {
    const why: string[] = [], failing = given - unmeasured.length;
    if (unmeasured.length > 0) {
      why.push(`${unmeasured.length} without a spectrum (${unmeasured[0]!.replace(/\.$/, "")})`);
    }
    if (failing > 0) why.push(`${failing} that fail filter mode ${mode}`);
    return `none of ${given} samples kept: ${why.join(", ")}`;
  };
  if (now.kept === 0) return dropped(now);
  if (untrained.kept === 0) return `no E: at ${compared} ${dropped(untrained)}`;
  if (!Number.isFinite(value)) return `no E: alpha_0 or the width at ${compared} is not above 0`;
  return null;
}
