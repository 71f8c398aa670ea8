/** The fractal dimension of a node from a histogram of its edges. */
import type { LengthBins } from "../networks/length_bins.ts";
import { slopeOf } from "./linear_regression.ts";

/**
 * Prepare to fit many histograms.
 *
 * @param lengths Their bins.
 * @returns A function that fits the cumulative count of the histogram that begins at `start` and holds `edges`, or gives `null` if
 * fewer than two lengths above 0 occur.
 */
export function dimensionOfCounts(
  { largest, scale }: Pick<LengthBins, "largest" | "scale">,
): (counts: Uint32Array, start: number, edges: number) => number | null {
  const logLengths = Float64Array.from({ length: largest + 1 }, (_, bin) => Math.log(bin / scale));
  const x = new Float64Array(largest + 1), y = new Float64Array(largest + 1);
  let logCounts = new Float64Array();
  return (counts, start, edges) => {
    if (logCounts.length < edges + 2) logCounts = logarithms(2 * edges + 2);
    let points = 0, count = 1 + counts[start]!;
    for (let bin = 1; bin <= largest; bin++) {
      const here = counts[start + bin]!;
      count += here;
      // Which lengths occur cannot be foreseen by a processor: a point is always put down, and kept where one does.
      x[points] = logLengths[bin]!;
      y[points] = logCounts[count]!;
      points += +(here !== 0);
    }
    return points < 2 ? null : slopeOf(x, y, points);
  };
}

function logarithms(size: number): Float64Array<ArrayBuffer> {
  const logs = new Float64Array(size);
  for (let i = 0; i < size; i++) logs[i] = Math.log(i);
  return logs;
}
