/** Matrices that TransformerLens stores head by head, with a third axis, as the matrices that they are. */

import type { Checkpoint, RowRange, StoredValues, TensorInfo, TensorRows } from "./checkpoint.ts";
import { checkpointView } from "./checkpoint_view.ts";
import { bytesPerValue } from "./decode_values.ts";

/** Query, key, value: [heads, in, head size]; output: [heads, head size, out]. */
const HEADS = /(^|\.)attn\._?W_(Q|K|V|O)$/;

/**
 * A checkpoint with the matrices of attention as two axes: `W_Q`, `W_K` and `W_V`, stored [heads, in, head size], become
 * [out, in], and `W_O`, stored [heads, head size, out], becomes [in, out]. A checkpoint without such is returned as it is.
 */
export function withHeadMatrices(checkpoint: Checkpoint): Checkpoint {
  const stored = new Map(
    [...checkpoint.tensors].filter(([name, { shape }]) => shape.length === 3 && HEADS.test(name)),
  );
  if (stored.size === 0) return checkpoint;
  const tensors = new Map(
    [...checkpoint.tensors].map(([name, info]) => [name, stored.has(name) ? joined(info) : info]),
  );
  const slices = (requests: readonly TensorRows[]): TensorRows[] =>
    requests.map((request) => {
      const info = stored.get(request.name);
      return info === undefined || request.rows === undefined
        ? request
        : { name: request.name, rows: headsOf(request.rows, headSize(info)) };
    });
  const { readAll: _, ...view } = checkpointView(checkpoint, {
    tensors,
    read: async (name, rows, into) => {
      const info = stored.get(name);
      if (info === undefined) return await checkpoint.read(name, rows, into);
      return await readRows(checkpoint, info, rows ?? [{ start: 0, end: joined(info).shape[0]! }]);
    },
    ...checkpoint.prefetch && { prefetch: (requests) => checkpoint.prefetch!(slices(requests)) },
    ...checkpoint.plan && { plan: (requests) => checkpoint.plan!(slices(requests)) },
  });
  return view;
}

/** Whether a head's matrix is stored [in, out] although it leads to the head's neurons. */
function isTurned(name: string): boolean {
  return !name.endsWith("O");
}

function headSize({ name, shape }: TensorInfo): number {
  return shape[isTurned(name) ? 2 : 1]!;
}

function joined(info: TensorInfo): TensorInfo {
  const { name, shape: [heads = 0, first = 0, second = 0] } = info;
  const width = isTurned(name) ? first : second;
  return { ...info, shape: [heads * headSize(info), width] };
}

/** The heads that some rows are of, ascending. */
function headsOf(rows: readonly RowRange[], size: number): RowRange[] {
  const heads = new Set<number>();
  for (const { start, end } of rows) {
    for (let head = Math.floor(start / size); head * size < end; head++) heads.add(head);
  }
  return [...heads].sort((a, b) => a - b).map((head) => ({ start: head, end: head + 1 }));
}

/** Read the heads that some rows are of, and take the rows from them. */
async function readRows(
  checkpoint: Checkpoint,
  info: TensorInfo,
  rows: readonly RowRange[],
): Promise<StoredValues> {
  const { name, shape: [, first = 0, second = 0] } = info;
  const { shape: [all = 0, width = 0] } = joined(info);
  for (const { start, end } of rows) {
    if (start >= 0 && start <= end && end <= all) continue;
    throw new Error(
      `rows ${start} to ${end} of tensor ${name} of ${checkpoint.source} do not exist; it has ${all}`,
    );
  }
  const size = headSize(info), heads = headsOf(rows, size);
  const { dtype, bytes } = await checkpoint.read(name, heads);
  const places = new Map(heads.map(({ start }, i) => [start, i * first * second]));
  const each = bytesPerValue.get(dtype)!;
  const count = rows.reduce((sum, { start, end }) => sum + end - start, 0);
  const taken = new Uint8Array(count * width * each);
  let filled = 0;
  for (const { start, end } of rows) {
    for (let row = start; row < end; row++) {
      const slice = places.get(Math.floor(row / size))!, inside = row % size;
      for (let i = 0; i < width; i++) {
        const item = slice + (isTurned(name) ? i * second + inside : inside * second + i);
        for (let byte = 0; byte < each; byte++) taken[filled++] = bytes[item * each + byte]!;
      }
    }
  }
  return { dtype, shape: [count, width], bytes: taken };
}
