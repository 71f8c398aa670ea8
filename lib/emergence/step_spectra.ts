/** The measured samples of a run, step by step. */
import type {
  MeasuredSpectrum,
  UnmeasuredSpectrum,
} from "../multifractal/multifractal_spectrum.ts";

/** What E needs of one sample's spectrum; every `MultifractalSpectrum` has it. */
export type ComparableSpectrum =
  | Pick<MeasuredSpectrum, "status" | "alpha0" | "width" | "filterPass">
  | Pick<UnmeasuredSpectrum, "status" | "reason">;

/** The spectra of one training step; sample k was drawn alike at every step. */
export interface ComparableStep {
  /** The training step. */
  readonly step: number;
  /** The samples measured, each with its number. */
  readonly samples: readonly { readonly sample: number; readonly spectrum: ComparableSpectrum }[];
}

/**
 * Check that a run can be compared with its untrained model: step 0 is there, no step and no sample twice.
 *
 * @param steps The spectra of every step.
 * @throws {RangeError} If it cannot, with the steps or the sample in question.
 */
export function checkSteps(steps: readonly ComparableStep[]): void {
  const seen = new Set<number>();
  for (const { step, samples } of steps) {
    if (seen.has(step)) throw new RangeError(`Step ${step} comes twice; give every step once.`);
    seen.add(step);
    const numbers = samples.map(({ sample }) => sample);
    const twice = numbers.find((sample, i) => numbers.indexOf(sample) !== i);
    if (twice === undefined) continue;
    throw new RangeError(`Sample ${twice} of step ${step} comes twice; give every sample once.`);
  }
  if (seen.has(0)) return;
  throw new RangeError(
    `E compares with the untrained model, but step 0 is missing from the steps ${
      [...seen].join(", ")
    }; add the checkpoint of step 0.`,
  );
}
