/** The fractal dimension of a node from a histogram of its edges. */
import type { LengthBins } from "../networks/length_bins.ts";
import { slopeOf } from "./linear_regression.ts";

/**
 * Prepare to fit many histograms.
 *
 * @param lengths Their bins.
 * @returns A function that fits the cumulative count of the histogram that begins at `start`, or gives `null` if fewer than two
 * lengths above 0 occur.
 */
export function dimensionOfCounts(
  { largest, scale }: Pick<LengthBins, "largest" | "scale">,
): (counts: Uint32Array, start: number) => number | null {
  const logLengths = Float64Array.from({ length: largest + 1 }, (_, bin) => Math.log(bin / scale));
  const logCounts: number[] = [];
  const x = new Float64Array(largest), y = new Float64Array(largest);
  return (counts, start) => {
    let points = 0, count = 1 + counts[start]!;
    for (let bin = 1; bin <= largest; bin++) {
      const here = counts[start + bin]!;
      if (here === 0) continue;
      count += here;
      x[points] = logLengths[bin]!;
      y[points++] = logCounts[count] ??= Math.log(count);
    }
    return points < 2 ? null : slopeOf(x, y, points);
  };
}
