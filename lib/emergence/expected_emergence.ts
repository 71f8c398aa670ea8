/** The E that a run has if nothing is learned but the distribution of its weights. */

import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { chooseSteps } from "../checkpoints/choose_steps.ts";
import {
  expectedSpectrum,
  type ExpectedSpectrumOptions,
} from "../multifractal/expected_spectrum.ts";
import type { LengthLawOptions } from "../multifractal/length_law.ts";
import { SPECTRUM_OPTIONS } from "../multifractal/multifractal_spectrum.ts";
import { BOX_OPTIONS, readBoxOptions } from "../networks/box_options.ts";
import { callback, integer } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import { pick } from "../options/read_options.ts";
import { comparedExpectations } from "./compared_expectations.ts";
import { WEIGHT_LAWS_OPTIONS, weightLaws, type WeightLawsOptions } from "./weight_laws.ts";

/** Of which steps, by what thresholds, and from which distribution. */
export interface ExpectedEmergenceOptions
  extends Partial<LengthLawOptions>, ExpectedSpectrumOptions, WeightLawsOptions {
  /** The steps, or words for them; default all of the run, or those usual for it. */
  readonly steps?: readonly number[] | string;
  /** The step to compare with; 0 unless given. */
  readonly baseline?: number;
  /** Called after each step with the steps done and their number in all. */
  readonly onStep?: (done: number, total: number) => void;
}

const OPTIONS_HERE = {
  ...BOX_OPTIONS,
  ...WEIGHT_LAWS_OPTIONS,
  ...pick(SPECTRUM_OPTIONS, ["q", "filterTolerance"]),
  ...pick(OPTIONS, ["steps"]),
  baseline: integer({
    ...{ min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: "0" },
    help: "the step to compare with",
  }),
  onStep: callback<NonNullable<ExpectedEmergenceOptions["onStep"]>>("told how many steps are done"),
};

/** What a step's weight distribution alone predicts. */
export interface ExpectedEmergenceRow {
  /** The training step. */
  readonly step: number;
  /** alpha_0 of independent weights. */
  readonly alpha0: number;
  /** Width of their spectrum. */
  readonly width: number;
  /** The degree of emergence that follows. */
  readonly E: number;
  /** Root mean square of all weights over that at the baseline. */
  readonly scale: number;
  /** Median of `1 / |w|` over all weights: with heavy tails it grows while the root mean square stays. */
  readonly medianLength: number;
  /** `"ok"`, or why there is none. */
  readonly status: string;
}

/**
 * The degree of emergence of networks whose weights lie in random places: each step keeps the distribution of every matrix (or
 * its standard deviation alone), and nothing else. What a run has beyond this is structure; what it has of this
 * is scale and shape of its weights.
 *
 * @param run The run.
 * @param options Steps, thresholds and distribution.
 * @throws {RangeError} If the baseline is none of the steps, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If a checkpoint cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { expectedEmergence } from "neuromfa/statistics";
 *
 * const rows = await expectedEmergence(await openRun("suite:nano-32"), { steps: [0, 4096] });
 * assert.ok(rows[1]!.E < -0.2); // most of what is measured, -0.27
 * ```
 */
export async function expectedEmergence(
  run: CheckpointRun,
  options: ExpectedEmergenceOptions = {},
): Promise<ExpectedEmergenceRow[]> {
  const read = readBoxOptions("expectedEmergence", OPTIONS_HERE, options);
  const { steps: asked, baseline = 0, onStep, threshold, digits, ...others } = read;
  const { minimumEdges, q, filterTolerance, ...laws } = others;
  const spectrum = { minimumEdges, filterTolerance, ...q !== undefined && { q } };
  const steps = chooseSteps(run, asked);
  if (!steps.includes(baseline)) {
    throw new RangeError(
      `E compares with step ${baseline}, which is missing from the steps ${
        steps.join(", ")
      }; add it, or choose another baseline`,
    );
  }
  const found = [];
  for (const step of steps) {
    const known = await weightLaws(await run.checkpoint(step), laws);
    const squares = known.laws.reduce((sum, { sigma, edges }) => sum + edges * sigma ** 2, 0);
    const expected = expectedSpectrum(known.kinds({ threshold, digits }), spectrum);
    found.push({ step, expected, size: Math.sqrt(squares), medianLength: known.medianLength() });
    onStep?.(found.length, steps.length);
  }
  const before = found.find(({ step }) => step === baseline)!;
  return found.map(({ step, expected, size, medianLength }) => {
    const scale = size / before.size;
    const words = { baseline: `at step ${baseline}`, where: ` at step ${baseline}` };
    const { status, ...numbers } = comparedExpectations(before.expected, expected, words);
    return { step, ...numbers, scale, medianLength, status };
  });
}
