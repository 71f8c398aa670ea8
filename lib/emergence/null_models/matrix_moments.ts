/** Scale of each matrix in a stored tensor, read a part at a time. */

import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { decodeValues } from "../../checkpoints/decode_values.ts";
import { partOfTargets, type StoredMatrix } from "./stored_matrix.ts";
import { shownName } from "../../messages/shown.ts";

/** Values that are decoded at a time: 16 MiB of doubles. */
const VALUES_TOGETHER = 2 ** 21;

/** Sums over the weights of one matrix. */
export interface MatrixMoments {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/** The first row of each part of a tensor that is decoded at once, and one past its last. */
function* rowTiles(
  { rows, columns, kernel }: StoredMatrix,
): Generator<{ start: number; end: number }> {
  const together = Math.max(1, Math.floor(VALUES_TOGETHER / (columns * kernel)));
  for (let start = 0; start < rows; start += together) {
    yield { start, end: Math.min(rows, start + together) };
  }
}

/** Add up the weights of each matrix in a stored tensor. */
export async function matrixMoments(
  checkpoint: Checkpoint,
  matrix: StoredMatrix,
): Promise<MatrixMoments[]> {
  const { name, columns, kernel, rowsAreTargets, parts } = matrix;
  const partOf = partOfTargets(matrix);
  const moments = parts.map(() => ({ count: 0, sum: 0, squares: 0 }));
  for (const tile of rowTiles(matrix)) {
    const values = decodeValues(await checkpoint.read(name, [tile]));
    let k = 0;
    for (let row = tile.start; row < tile.end; row++) {
      for (let column = 0; column < columns; column++) {
        const own = moments[partOf[rowsAreTargets ? row : column]!]!;
        own.count += kernel;
        for (const end = k + kernel; k < end; k++) {
          own.sum += values[k]!;
          own.squares += values[k]! * values[k]!;
        }
      }
    }
  }
  if (moments.every(({ squares }) => Number.isFinite(squares))) return moments;
  throw new RangeError(
    `${
      shownName(name)
    } of ${checkpoint.source} holds a weight that is not finite, so it has no scale for a null model`,
  );
}
