/** Some training steps for a figure that cannot show them all. */

/** Steps drawn in one figure, at most: more can't be told apart. */
const MOST_STEPS = 7;

/** Of distinct steps, at most seven, evenly chosen by their rank, first and last among them. */
export function spreadSteps(steps: readonly number[]): number[] {
  if (steps.length <= MOST_STEPS) return [...steps];
  return Array.from(
    { length: MOST_STEPS },
    (_, i) => steps[Math.round(i * (steps.length - 1) / (MOST_STEPS - 1))]!,
  );
}
