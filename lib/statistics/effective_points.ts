/** How many independent points a correlation of two series that depend on themselves is worth. */

/**
 * The number of independent pairs whose correlation varies as much as that of `size` pairs of two
 * unrelated series, whose autocorrelations at lag k are `a ** k` and `b ** k`: `n / (1 + 2 Σ (1 − k
 * / n) (a b) ** k)` (Bayley and Hammersley, 1946, after Bartlett, 1935). It is never more than
 * `size`.
 */
export function effectivePoints(size: number, a: number, b: number): number {
  let sum = 1, product = 1;
  for (let lag = 1; lag < size; lag++) {
    product *= a * b;
    sum += 2 * (1 - lag / size) * product;
  }
  return sum <= 1 ? size : size / sum;
}
