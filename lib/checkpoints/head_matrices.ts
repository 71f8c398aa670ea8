/** Matrices that TransformerLens stores head by head, with a third axis, as the matrices that they are. */

import type { Checkpoint, RowRange, StoredValues, TensorInfo, TensorRows } from "./checkpoint.ts";
import { checkpointView } from "./checkpoint_view.ts";
import { bytesPerValue } from "./decode_values.ts";

/** Query, key, value: [heads, in, head size]; output: [heads, head size, out]. */
const HEADS = /^(|.*\.)attn\._?W_(Q|K|V|O)$/;

/** A tensor as slices, one for each head, that are joined to one matrix. */
interface Slices {
  readonly info: TensorInfo;
  /** How many slices, and the two axes of each. */
  readonly axes: readonly [slices: number, first: number, second: number];
  /** Whether the second axis of a slice becomes the matrix's rows, rather than the first. */
  readonly isTurned: boolean;
}

/**
 * A checkpoint with the matrices of attention as two axes: `W_Q`, `W_K` and `W_V`, stored [heads, in, head size], become
 * [out, in], and `W_O`, stored [heads, head size, out], becomes [in, out]. Where attention is stored as in the first studies of
 * grokking, [heads, head size, in] and `W_O` [out, in], its matrices and those of the MLP beside it, which is stored [out, in],
 * become the same. A checkpoint without such is returned as it is.
 */
export function withHeadMatrices(checkpoint: Checkpoint): Checkpoint {
  const stored = slicedMatrices(checkpoint.tensors);
  if (stored.size === 0) return checkpoint;
  const tensors = new Map(
    [...checkpoint.tensors].map(([name, info]) => {
      const slices = stored.get(name);
      return [name, slices === undefined ? info : joined(slices)];
    }),
  );
  const sliced = (requests: readonly TensorRows[]): TensorRows[] =>
    requests.map((request) => {
      const slices = stored.get(request.name);
      return slices === undefined || request.rows === undefined
        ? request
        : { name: request.name, rows: storedRows(request.rows, slices) };
    });
  const { readAll: _, ...view } = checkpointView(checkpoint, {
    tensors,
    read: async (name, rows, into) => {
      const slices = stored.get(name);
      if (slices === undefined) return await checkpoint.read(name, rows, into);
      const all = [{ start: 0, end: joined(slices).shape[0]! }];
      return await readRows(checkpoint, slices, rows ?? all);
    },
    ...checkpoint.prefetch && { prefetch: (requests) => checkpoint.prefetch!(sliced(requests)) },
    ...checkpoint.plan && { plan: (requests) => checkpoint.plan!(sliced(requests)) },
  });
  return view;
}

/** All tensors that are opened as other matrices than they are stored as. */
function slicedMatrices(tensors: ReadonlyMap<string, TensorInfo>): Map<string, Slices> {
  const sliced = new Map<string, Slices>();
  const turn = (info: TensorInfo | undefined, isFitting: boolean) => {
    if (info?.shape.length !== 2 || !isFitting) return;
    const [first = 0, second = 0] = info.shape;
    sliced.set(info.name, { info, axes: [1, first, second], isTurned: true });
  };
  for (const info of tensors.values()) {
    const [, block, role] = HEADS.exec(info.name) ?? [];
    if (block === undefined || info.shape.length !== 3) continue;
    const [heads = 0, first = 0, second = 0] = info.shape;
    const axes = [heads, first, second] as const;
    const output = tensors.get(`${block}attn.W_O`);
    if (role === "O" || output?.shape.length !== 2) {
      const size = tensors.get(`${block}attn.b_Q`)?.shape[1];
      // Where biases tell another size of a head, it is stored otherwise.
      if (size !== undefined && size !== (role === "O" ? first : second)) continue;
      sliced.set(info.name, { info, axes, isTurned: role !== "O" });
      continue;
    }
    // With one head, shapes do not tell which axis is the head's.
    const [out = 0, into = 0] = output.shape;
    if (heads < 2 || out !== second || into !== heads * first) continue;
    sliced.set(info.name, { info, axes, isTurned: false });
    turn(output, true);
    for (const name of ["W_in", "W_gate", "W_out"]) {
      const inside = tensors.get(`${block}mlp.${name}`);
      turn(inside, inside?.shape[name === "W_out" ? 0 : 1] === out);
    }
  }
  return sliced;
}

/** How many of the matrix's rows are of one slice. */
function sliceSize({ axes: [, first, second], isTurned }: Slices): number {
  return isTurned ? second : first;
}

function joined(slices: Slices): TensorInfo {
  const { info, axes: [count, first, second], isTurned } = slices;
  return { ...info, shape: [count * sliceSize(slices), isTurned ? first : second] };
}

/** The stored rows that some rows of the matrix are of. */
function storedRows(rows: readonly RowRange[], slices: Slices): RowRange[] {
  if (slices.info.shape.length === 3) return headsOf(rows, sliceSize(slices));
  return rows.length === 0 ? [] : [{ start: 0, end: slices.axes[1] }];
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
  slices: Slices,
  rows: readonly RowRange[],
): Promise<StoredValues> {
  const { info: { name }, axes: [, first, second], isTurned } = slices;
  const { shape: [all = 0, width = 0] } = joined(slices);
  for (const { start, end } of rows) {
    if (start >= 0 && start <= end && end <= all) continue;
    throw new Error(
      `rows ${start} to ${end} of tensor ${name} of ${checkpoint.source} do not exist; it has ${all}`,
    );
  }
  const size = sliceSize(slices), heads = headsOf(rows, size);
  const { dtype, bytes } = await checkpoint.read(name, storedRows(rows, slices));
  const places = new Map(heads.map(({ start }, i) => [start, i * first * second]));
  const each = bytesPerValue.get(dtype)!;
  const count = rows.reduce((sum, { start, end }) => sum + end - start, 0);
  const taken = new Uint8Array(count * width * each);
  let filled = 0;
  for (const { start, end } of rows) {
    for (let row = start; row < end; row++) {
      const slice = places.get(Math.floor(row / size))!, inside = row % size;
      for (let i = 0; i < width; i++) {
        const item = slice + (isTurned ? i * second + inside : inside * second + i);
        for (let byte = 0; byte < each; byte++) taken[filled++] = bytes[item * each + byte]!;
      }
    }
  }
  return { dtype, shape: [count, width], bytes: taken };
}
