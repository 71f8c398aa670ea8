/** The columns of histograms: bins that a weight of some matrices can be in. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import type { LengthBins } from "./length_bins.ts";
import { formatOf, rankingFor } from "./weight_ranking.ts";

/** The columns of histograms for one way of binning. */
export interface HistogramColumns {
  /** The bin of every column, ascending: 0, those that can occur, and what is not within bounds. */
  readonly bins: Uint16Array;
  /** How many of them are lengths within bounds; these come first. */
  readonly lengths: number;
  /** The column of every bin; 0 where it has none. */
  readonly columnOf: Uint16Array;
}

/** A column for every bin. */
export function allColumns({ bins, largest }: LengthBins): HistogramColumns {
  const all = Uint16Array.from({ length: bins }, (_, bin) => bin);
  return { bins: all, lengths: largest + 1, columnOf: all };
}

/**
 * Columns for what some matrices can hold: weights of 16 bits have few lengths, so that histograms
 * of many digits are small.
 */
export function columnsFor(
  checkpoint: Checkpoint,
  matrices: readonly WeightMatrix[],
  ways: readonly LengthBins[],
): HistogramColumns[] {
  const formats = new Set(matrices.map((matrix) => formatOf(checkpoint, matrix)));
  const rankings = Array.from(formats, (format) => rankingFor(format, ways));
  return ways.map((way, w) => {
    // Which ranks by arithmetic stand for which bins is known only as weights are met.
    if (rankings.some(({ steps }) => steps !== undefined)) return allColumns(way);
    const occurs = new Uint8Array(way.bins).fill(1, 0, 1).fill(1, way.largest + 1);
    for (const { ranks } of rankings) for (const bin of ranks.bins[w]!) occurs[bin] = 1;
    const bins = Uint16Array.from(occurs.keys().filter((bin) => occurs[bin] !== 0));
    const columnOf = new Uint16Array(way.bins);
    bins.forEach((bin, column) => columnOf[bin] = column);
    return { bins, lengths: bins.length - (way.bins - 1 - way.largest), columnOf };
  });
}
