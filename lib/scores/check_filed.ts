/** Whether a results file is in its place. */

import type { HarnessResults } from "./harness_results.ts";

/**
 * Check that a file holds what its place says, since nobody can tell by looking that a score belongs to another
 * checkpoint or was helped by solved examples.
 *
 * @param results What the file says.
 * @param file Where it is.
 * @param place Its step, and whether only zero-shot scores belong there.
 * @throws {Error} If it records otherwise.
 */
export function checkFiled(
  results: HarnessResults,
  file: string,
  place: { readonly step: number; readonly zeroShot: boolean },
): void {
  if (results.step !== null && results.step !== place.step) {
    throw new Error(
      `${file} is filed as step ${place.step} but records step ${results.step}; move it to its step`,
    );
  }
  if (!place.zeroShot) return;
  const helped = [...results.scores.values()].find(({ shots }) => shots !== null && shots !== 0);
  if (helped) {
    throw new Error(
      `${file} is filed as zero-shot but records ${helped.shots} examples a prompt; move it out`,
    );
  }
}
