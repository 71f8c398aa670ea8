/** E of random weights by the scale that they grow to and the threshold that they are read at. */

import {
  expectedSpectrum,
  type ExpectedSpectrumOptions,
  type NeuronKind,
} from "../multifractal/expected_spectrum.ts";
import type { LengthLawOptions } from "../multifractal/length_law.ts";
import { comparedExpectations } from "./compared_expectations.ts";

/** Which scales and thresholds. */
export interface ScaleMapOptions extends ExpectedSpectrumOptions {
  /** What all weights are multiplied by, each above 0. */
  readonly scales: readonly number[];
  /** Longest edges that count, each above 1. */
  readonly thresholds: readonly number[];
  /** Decimals that lengths are rounded to; 0 unless given. */
  readonly digits?: number;
}

/** E at a scale and a threshold. */
export interface ScaleMapRow {
  /** Longest edge that counts. */
  readonly threshold: number;
  /** What all weights are multiplied by. */
  readonly scale: number;
  /** Expected regularity at that scale. */
  readonly alpha0: number;
  /** Expected heterogeneity at that scale. */
  readonly width: number;
  /** The degree of emergence beside scale 1. */
  readonly E: number;
  /** `"ok"`, or why there is none. */
  readonly status: string;
}

/**
 * The degree of emergence of independent weights that only grow: E at scale s compares the spectrum that is expected of s · w with
 * that of w, at the same threshold. Nothing is drawn and nothing is learned.
 *
 * @param kinds The neurons by kind for a threshold and a scale: of a checkpoint `(await weightLaws(checkpoint)).kinds`.
 * @param options Scales and thresholds.
 * @returns A row for each threshold and scale, scales within thresholds.
 * @throws {RangeError} If there is no scale or threshold, one is out of range, or an option is.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussianLengths } from "neuromfa/multifractal";
 * import { scaleMap } from "neuromfa/statistics";
 *
 * const [same, larger] = scaleMap(
 *   (options, scale) => [
 *     { neurons: 640, edges: [{ edges: 96, lengths: gaussianLengths(0.03 * scale, options) }] },
 *   ],
 *   { scales: [1, 2], thresholds: [150] },
 * );
 * assert.equal(same!.E, 0);
 * assert.ok(larger!.E > 0.2);
 * ```
 */
export function scaleMap(
  kinds: (lengths: LengthLawOptions, scale: number) => readonly NeuronKind[],
  { scales, thresholds, digits = 0, ...options }: ScaleMapOptions,
): ScaleMapRow[] {
  for (const [name, values] of Object.entries({ scales, thresholds })) {
    if (values.length === 0) throw new RangeError(`there are no ${name}; give one at least`);
  }
  const wrong = scales.find((scale) => !(scale > 0 && scale < Infinity));
  if (wrong !== undefined) throw new RangeError(`scales must be above 0, but one is ${wrong}`);
  return thresholds.flatMap((threshold) => {
    const at = (scale: number) => expectedSpectrum(kinds({ threshold, digits }, scale), options);
    const before = at(1);
    return scales.map((scale) => {
      const found = scale === 1 ? before : at(scale);
      const words = { baseline: "unscaled", where: "" };
      return { threshold, scale, ...comparedExpectations(before, found, words) };
    });
  });
}
