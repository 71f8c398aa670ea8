/** E of an expected spectrum beside that of a baseline, or why there is none. */

import type { ExpectedSpectrum, NoExpectedSpectrum } from "../multifractal/expected_spectrum.ts";
import { emergenceAgainst } from "./degree_of_emergence.ts";

/** What the comparison gives; numbers that there are not are NaN. */
export interface ComparedExpectations {
  /** Expected regularity. */
  readonly alpha0: number;
  /** Expected heterogeneity. */
  readonly width: number;
  /** The degree of emergence. */
  readonly E: number;
  /** `"ok"`, or why there is none. */
  readonly status: string;
}

/**
 * Compare two expected spectra.
 *
 * @param before That of the baseline.
 * @param found The one that is compared.
 * @param words What a status says before the reason that the baseline has none, and behind "the width".
 */
export function comparedExpectations(
  before: ExpectedSpectrum | NoExpectedSpectrum,
  found: ExpectedSpectrum | NoExpectedSpectrum,
  words: { readonly baseline: string; readonly where: string },
): ComparedExpectations {
  const none = { alpha0: NaN, width: NaN, E: NaN };
  if (found.status !== "ok") return { ...none, status: found.reason };
  const { alpha0, width } = found;
  if (before.status !== "ok") {
    return { ...none, alpha0, width, status: `${words.baseline} ${before.reason}` };
  }
  const E = emergenceAgainst(before, found);
  if (Number.isFinite(E)) return { alpha0, width, E, status: "ok" };
  const status = `alpha_0 or the width${words.where} is not above 0`;
  return { ...none, alpha0, width, status };
}
