/** Histograms of edge lengths, neuron by neuron: the loops that touch every weight. */

/** Some rows of a stored matrix and where their edges are counted. */
export interface WeightTile {
  /** One code a weight, row-major [rows × columns]. */
  readonly codes: Uint16Array;
  /** Number of stored rows in the tile, below 2¹⁶. */
  readonly rows: number;
  /** Number of stored columns. */
  readonly columns: number;
  /** Histograms, row-major [neurons × bins]. */
  readonly counts: Uint32Array;
  /** How many bins a histogram has. */
  readonly bins: number;
  /** The neuron of the tile's first row, or of its first column. */
  readonly neuron: number;
}

/**
 * Neurons whose histograms are filled together: at 150 rounded lengths they take 10 KiB, which leaves room in the nearest cache
 * for the table of codes. Measured best; 64 were half as fast.
 */
const MOST_COLUMNS = 32;

/** How many columns are counted together, so that all their counters can be numbered by 16 bits. */
export function columnsTogether(bins: number): number {
  return Math.min(MOST_COLUMNS, Math.floor(2 ** 16 / bins));
}

/**
 * Count edges that leave the neurons of the columns. A few columns at a time go through all rows, so
 * that their counters stay in the processor's nearest cache.
 *
 * @param tile The weights and the counters.
 * @param counters For each code its bin times {@linkcode columnsTogether}.
 */
export function countByColumn(tile: WeightTile, counters: Uint16Array): void {
  const { rows, columns, counts, bins, neuron } = tile;
  const together = columnsTogether(bins);
  const near = new Uint16Array(bins * together);
  for (let first = 0; first < columns; first += together) {
    const width = Math.min(together, columns - first);
    countColumns(tile.codes, counters, near, { first, width, rows, columns });
    for (let c = 0, k = (neuron + first) * bins; c < width; c++) {
      for (let n = c; n < near.length; n += together, k++) counts[k]! += near[n]!;
    }
    near.fill(0);
  }
}

function countColumns(
  codes: Uint16Array,
  counters: Uint16Array,
  near: Uint16Array,
  part: { first: number; width: number; rows: number; columns: number },
): void {
  const { first, width, rows, columns } = part;
  for (let r = 0; r < rows; r++) {
    const start = r * columns + first;
    for (let c = 0; c < width; c++) near[counters[codes[start + c]!]! + c]!++;
  }
}

/**
 * Count edges that leave the neurons of the rows.
 *
 * @param tile The weights and the counters.
 * @param binOf For each code its bin.
 */
export function countByRow(tile: WeightTile, binOf: Uint16Array): void {
  const { codes, rows, columns, counts, bins, neuron } = tile;
  for (let r = 0, k = 0; r < rows; r++) {
    const start = (neuron + r) * bins;
    for (const end = k + columns; k < end; k++) counts[start + binOf[codes[k]!]!]!++;
  }
}
