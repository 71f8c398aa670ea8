/** Rows of a tensor that is there as a whole. */
import type { RowRange, StoredValues } from "../../checkpoints/checkpoint.ts";
import type { StoredMatrix } from "./stored_matrix.ts";
import { shownName } from "../../messages/shown_name.ts";

/**
 * Check that a tensor has some rows.
 *
 * @throws {Error} If it has not.
 */
export function checkRange(
  { start, end }: RowRange,
  { name, rows }: StoredMatrix,
  source: string,
): void {
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (whole && 0 <= start && start <= end && end <= rows) return;
  throw new Error(
    `rows ${start} to ${end} of tensor ${
      shownName(name)
    } of ${source} do not exist; it has ${rows}`,
  );
}

/** Some rows of a tensor that is there as a whole. */
export function takeRows(
  { dtype, shape, bytes }: StoredValues,
  ranges: readonly RowRange[],
  rows: number,
): StoredValues {
  const rowBytes = rows === 0 ? 0 : bytes.byteLength / rows;
  const parts = ranges.map(({ start, end }) => bytes.subarray(start * rowBytes, end * rowBytes));
  const taken = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let filled = 0;
  for (const part of parts) {
    taken.set(part, filled);
    filled += part.byteLength;
  }
  return { dtype, shape, bytes: taken };
}
