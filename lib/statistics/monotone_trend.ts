/** The monotone trend that lies nearest to a series, and how much of the series it is. */

/**
 * The rising or falling series nearest to some values by least squares, whichever of both is
 * nearer, by pooling adjacent violators (Ayer et al., 1955).
 */
export function monotoneTrend(values: Float64Array): Float64Array {
  const rising = risingTrend(values);
  const falling = risingTrend(values.map((value) => -value)).map((value) => -value);
  return squaresBetween(values, rising) <= squaresBetween(values, falling) ? rising : falling;
}

/**
 * What part of the variance of some values their monotone trend is, 0 to 1; 1 where nothing varies.
 */
export function shareOfTrend(values: Float64Array, trend = monotoneTrend(values)): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const whole = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return whole > 0 ? Math.max(0, 1 - squaresBetween(values, trend) / whole) : 1;
}

function risingTrend(values: Float64Array): Float64Array {
  const means: number[] = [], sizes: number[] = [];
  for (const value of values) {
    let mean = value, size = 1;
    while (means.length > 0 && means.at(-1)! >= mean) {
      const before = means.pop()!, more = sizes.pop()!;
      // Values that are equal keep exactly their mean.
      mean += (before - mean) * more / (size + more);
      size += more;
    }
    means.push(mean);
    sizes.push(size);
  }
  const trend = new Float64Array(values.length);
  let at = 0;
  means.forEach((mean, block) => {
    trend.fill(mean, at, at + sizes[block]!);
    at += sizes[block]!;
  });
  return trend;
}

function squaresBetween(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
