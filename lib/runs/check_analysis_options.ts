/** The bounds of all options of an analysis, so that a bad one is refused before anything is read or written. */
import { type FixedRadii, radiiOf } from "../multifractal/fixed_radii.ts";
import { qGrid } from "../multifractal/q_grid.ts";
import { boxScale } from "../networks/box_bounds.ts";
import { checkBoxOptions } from "../networks/check_box_options.ts";
import { checkCount, MOST_LAYER_SAMPLE, MOST_SAMPLES } from "../networks/check_count.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import type { MeasuringOptions } from "./measuring_options.ts";
import { checkNullModelChoice } from "./null_model_choice.ts";

/**
 * Check what {@linkcode AnalysisOptions} can be checked for without a model.
 *
 * @throws {RangeError} If an option is out of range.
 */
export function checkAnalysisOptions(options: AnalysisOptions): void {
  checkCount("samples", options.samples, MOST_SAMPLES);
  checkCount("layerSample", options.layerSample, MOST_LAYER_SAMPLE);
  checkMeasuringOptions(options);
}

/**
 * Check what {@linkcode MeasuringOptions} can be checked for without a model.
 *
 * @throws {RangeError} If an option is out of range.
 */
export function checkMeasuringOptions(options: MeasuringOptions): void {
  const { threshold, digits, q, filterTolerance, nfdThreshold, radii, nullModel } = options;
  const length = typeof threshold === "number" ? threshold : 150;
  checkBoxOptions({ threshold: length, minimumEdges: 10, digits }, 1, 150);
  boxScale(length, digits);
  if (typeof threshold !== "number") checkPositive("medians", threshold.medians);
  checkPositive("nfdThreshold", nfdThreshold, "; 200 is the published one");
  if (options.alpha0 === "argmax" && !qGrid(q).includes(0)) {
    throw new RangeError(
      `the q grid ${q.min}:${q.max}:${q.step} leaves out 0, where f is largest; include 0, or take alpha0 analytic`,
    );
  }
  qGrid(q);
  if (!(filterTolerance >= 0)) {
    throw new RangeError(`filterTolerance must be 0 or more, but it is ${filterTolerance}`);
  }
  if (radii !== undefined) {
    radiiOf(radii);
    if (typeof threshold === "number") checkRadiiWithin(radii, threshold);
  }
  if (nullModel !== undefined) checkNullModelChoice(nullModel);
}

/**
 * Check that no radius is beyond the longest edge that counts, where masses grow no more and slopes say nothing.
 *
 * @throws {RangeError} If one is.
 */
export function checkRadiiWithin({ min, max }: FixedRadii, threshold: number): void {
  if (max <= threshold) return;
  throw new RangeError(
    `the radii ${min} to ${max} go beyond the threshold ${threshold}, up to which edges count; end them there`,
  );
}

function checkPositive(name: string, value: number, advice = ""): void {
  if (value > 0 && value < Infinity) return;
  throw new RangeError(`${name} must be a finite number above 0, but it is ${value}${advice}`);
}
