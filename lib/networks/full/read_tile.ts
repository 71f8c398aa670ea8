/** Some rows of a matrix, all of them or an error. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint, RowRange, StoredValues } from "../../checkpoints/checkpoint.ts";
import { bytesPerValue } from "../../checkpoints/decode_values.ts";
import { shownName } from "../../messages/shown.ts";

/** Read rows that should hold so many weights, into memory that is offered. */
export async function readTile(
  checkpoint: Checkpoint,
  { tensor, kernel }: Pick<WeightMatrix, "tensor" | "kernel">,
  ranges: readonly RowRange[],
  weights: number,
  into: Uint8Array<ArrayBuffer>,
): Promise<StoredValues> {
  const stored = await checkpoint.read(tensor, ranges, into);
  const found = stored.bytes.byteLength / bytesPerValue.get(stored.dtype)! / kernel;
  if (found === weights) return stored;
  const rows = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  throw new Error(
    `${shownName(tensor)} of ${checkpoint.source} gave ${found} weights for ` +
      `${rows} rows of ${weights / rows}; the file may be damaged`,
  );
}
