/** How many weights of each length the matrices of a stored tensor have, or would have if they were normal. */

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { shownName } from "../../messages/shown.ts";
import { MatrixCounter } from "../../networks/full/count_matrix.ts";
import type { LengthBins } from "../../networks/full/length_bins.ts";
import defer * as squares from "../../statistics/chi_square_tail.ts";
import { partOfTargets, type StoredMatrix } from "./stored_matrix.ts";
import { drawBinomial } from "./value_probabilities.ts";

/** Count the weights of each matrix of a stored tensor by the bins of their lengths. */
export async function lengthHistograms(
  checkpoint: Checkpoint,
  matrix: WeightMatrix,
  stored: StoredMatrix,
  lengths: LengthBins,
): Promise<Float64Array[]> {
  const { bins, notFinite } = lengths;
  // Counted by source, or where there are several matrices by target, since each of them has targets of its own.
  const isOne = stored.parts.length === 1;
  const counted = isOne ? matrix : turned(matrix), neurons = counted.columns;
  const counts = new Uint32Array(neurons * bins);
  await new MatrixCounter(checkpoint, [lengths]).add({ matrix: counted }, [counts], 0);
  const partOf = isOne ? new Uint8Array(neurons) : partOfTargets(stored);
  const histograms = stored.parts.map(() => new Float64Array(bins));
  for (let neuron = 0, k = 0; neuron < neurons; neuron++) {
    const histogram = histograms[partOf[neuron]!]!;
    for (let bin = 0; bin < bins; bin++) histogram[bin]! += counts[k++]!;
  }
  if (histograms.every((histogram) => histogram[notFinite] === 0)) return histograms;
  throw new RangeError(
    `${
      shownName(stored.name)
    } of ${checkpoint.source} holds a weight that is not finite, so it has ` +
      "no null model",
  );
}

/** The same weights, as if they left the neurons that they enter. */
function turned(matrix: WeightMatrix): WeightMatrix {
  const { rows, columns, orientation } = matrix;
  const other = orientation === "out, in" ? "in, out" : "out, in";
  return { ...matrix, rows: columns, columns: rows, orientation: other };
}

/**
 * Draw how many of some normal weights around 0 have each length: binomial numbers, bin by bin, of what is left. An edge is the
 * norm of a kernel, whose square is a sum of as many squares.
 */
export function normalHistogram(
  weights: number,
  deviation: number,
  kernel: number,
  lengths: LengthBins,
  generator: RandomGenerator,
): Float64Array {
  const { bins, largest, lowest, threshold, scale, outside, zero } = lengths;
  const histogram = new Float64Array(bins);
  if (deviation === 0) {
    histogram[zero] = weights;
    return histogram;
  }
  /** The probability of an edge shorter than this. */
  const shorter = (length: number) => {
    const bounded = Math.min(Math.max(length, lowest), threshold);
    if (bounded === 0) return 0;
    const norm = 1 / (bounded * deviation);
    return squares.chiSquareTail(norm * norm, kernel);
  };
  let left = weights, below = shorter(lowest), rest = 1;
  for (let bin = 0; bin <= largest; bin++) {
    const until = shorter((bin + 0.5) / scale), probability = until - below;
    left -= histogram[bin] = drawBinomial(left, probability / rest, generator);
    rest -= probability;
    below = until;
  }
  histogram[outside] = left;
  return histogram;
}
