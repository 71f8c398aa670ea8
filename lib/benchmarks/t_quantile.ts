/** Quantiles of Student's t distribution. */
import tCdf from "@stdlib/stats-base-dists-t-cdf";

/**
 * The value below which a share of Student's t distribution lies, by halving an interval. (The quantile function of
 * @stdlib reads the whole environment when it is imported, which would need a permission.)
 *
 * @param share More than 0.5 and less than 1.
 * @param freedom Degrees of freedom, at least 1.
 */
export function tQuantile(share: number, freedom: number): number {
  let low = 0, high = 1;
  while (tCdf(high, freedom) < share) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (tCdf(middle, freedom) < share) low = middle;
    else high = middle;
  }
}
