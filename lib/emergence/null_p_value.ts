/** How rare a value is among null draws. */

/** Rounding must not decide whether equal distances are equal. */
const TOLERANCE = 1e-12;

/**
 * The two-sided p value of a permutation test: of a value and its null draws, the share that lies at least as far from the mean
 * of all of them as the value does.
 */
export function nullPValue(observed: number, nulls: Float64Array): number {
  const all = [observed, ...nulls];
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const far = Math.abs(observed - mean) - TOLERANCE * Math.max(1, ...all.map(Math.abs));
  return all.filter((value) => Math.abs(value - mean) >= far).length / all.length;
}
