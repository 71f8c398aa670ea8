/** Quantiles of Student's t distribution. */

import defer * as student from "@stdlib/stats-base-dists-t-cdf";

/** A quantile of Student's t above 0.5, by halving: @stdlib's reads the environment, which needs a permission. */
export function tQuantile(share: number, freedom: number): number {
  let low = 0, high = 1;
  while (student.default(high, freedom) < share) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (student.default(middle, freedom) < share) low = middle;
    else high = middle;
  }
}
