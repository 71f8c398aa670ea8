/** The samples of a step that E is taken from. */
import type { FilterMode } from "../multifractal/spectrum_filter.ts";
import type { ComparableStep } from "./step_spectra.ts";

/** alpha_0 and width of the kept samples of a step, by position in the list of all samples; NaN where dropped. */
export interface KeptStep {
  readonly alpha0: Float64Array;
  readonly width: Float64Array;
  readonly kept: number;
  readonly given: number;
  /** Why samples have no spectrum, a sentence each. */
  readonly unmeasured: readonly string[];
}

/** The numbers of all samples that occur at some step, ascending. */
export function sampleNumbers(steps: readonly ComparableStep[]): number[] {
  return [...new Set(steps.flatMap((step) => step.samples.map(({ sample }) => sample)))]
    .sort((a, b) => a - b);
}

/** E of a step, from the samples drawn; NaN where none of them was kept at one of the two steps. */
export function emergence(now: KeptStep, untrained: KeptStep, times: Uint32Array): number {
  const alphaRatio = weightedMean(untrained.alpha0, times) / weightedMean(now.alpha0, times);
  const widthRatio = weightedMean(now.width, times) / weightedMean(untrained.width, times);
  // + 0 turns the −0 of an untrained step into 0.
  return widthRatio * Math.log(alphaRatio) + 0;
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

/** alpha_0 and width of the samples that pass a filter mode. */
export function keepSamples(
  step: ComparableStep,
  samples: readonly number[],
  mode: FilterMode,
): KeptStep {
  const alpha0 = new Float64Array(samples.length).fill(NaN), width = alpha0.slice();
  let kept = 0;
  for (const { sample, spectrum } of step.samples) {
    if (spectrum.status !== "ok" || !spectrum.filterPass[mode]) continue;
    const position = samples.indexOf(sample);
    alpha0[position] = spectrum.alpha0;
    width[position] = spectrum.width;
    kept++;
  }
  const unmeasured = step.samples.flatMap(({ spectrum }) =>
    spectrum.status === "ok" ? [] : [spectrum.reason]
  );
  return { alpha0, width, kept, given: step.samples.length, unmeasured };
}

/** Why a step has no E, `null` where it has one. */
export function whyNoEmergence(
  now: KeptStep,
  untrained: KeptStep,
  value: number,
  mode: FilterMode,
): string | null {
  const dropped = ({ given, unmeasured }: KeptStep) => {
    const why = [
      ...unmeasured.length > 0
        ? [`${unmeasured.length} without a spectrum (${unmeasured[0]!.replace(/\.$/, "")})`]
        : [],
      ...unmeasured.length < given
        ? [`${given - unmeasured.length} that fail filter mode ${mode}`]
        : [],
    ];
    return `none of ${given} samples kept: ${why.join(", ")}`;
  };
  if (now.kept === 0) return dropped(now);
  if (untrained.kept === 0) return `no E: at step 0 ${dropped(untrained)}`;
  if (!Number.isFinite(value)) return "no E: alpha_0 or the width at step 0 is not above 0";
  return null;
}
