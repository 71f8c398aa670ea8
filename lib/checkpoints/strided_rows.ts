/** Where the rows of a strided view lie in its storage, and how they are put one after another. */

import type { RowRange } from "./checkpoint.ts";

/** Sizes and steps of a view; a step is counted in values of the storage, one for each axis. */
export interface StridedView {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** The steps of a view whose values lie one after another, the last axis fastest. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = 1; axis >= 0; step *= shape[axis--]!) {
    strides[axis] = step;
  }
  return strides;
}

/** How many values of its storage a view spans, from its first value to its last. */
export function valuesSpanned({ shape, strides }: StridedView): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((last, size, axis) => last + (size - 1) * strides[axis]!, 1);
}

/**
 * The smallest runs of storage that hold ranges of rows, none of them empty: one for each range, or a single one for all
 * where rows are interleaved, as those of a transposed matrix are. The view has an axis at least, and none of size 0.
 * Runs are counted in values, from the view's first.
 */
export function runsOfRows(view: StridedView, ranges: readonly RowRange[]): RowRange[] {
  const step = view.strides[0]!;
  const rowSpan = valuesSpanned(oneRow(view));
  const runs = ranges.map(({ start, end }) => ({
    start: start * step,
    end: (end - 1) * step + rowSpan,
  }));
  if (step >= rowSpan || runs.length < 2) return runs;
  return [runs.reduce((a, b) => ({
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
  }))];
}

/** The rows one after another, from the bytes of the runs that {@linkcode runsOfRows} gave for them. */
export function gatherRows(
  view: StridedView,
  ranges: readonly RowRange[],
  runs: readonly RowRange[],
  parts: readonly Uint8Array[],
  valueBytes: number,
): Uint8Array {
  // Runs of rows whose values follow each other hold nothing else.
  const exact = isRowMajor(view) && parts.length === ranges.length;
  const together = exact ? inOnePiece(parts) : null;
  if (together) return together;
  const rowBytes = view.shape.slice(1).reduce((product, size) => product * size, valueBytes);
  const count = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const gathered = new Uint8Array(count * rowBytes);
  let filled = 0;
  for (const part of exact ? parts : []) {
    gathered.set(part, filled);
    filled += part.length;
  }
  if (exact) return gathered;
  for (const [i, { start, end }] of ranges.entries()) {
    const part = runs.length === 1 ? 0 : i;
    const first = start * view.strides[0]! - runs[part]!.start;
    const rows = { shape: [end - start, ...view.shape.slice(1)], strides: view.strides };
    const from = parts[part]!.subarray(first * valueBytes);
    copyView(gathered.subarray(filled), rows, from, valueBytes);
    filled += (end - start) * rowBytes;
  }
  return gathered;
}

/** Parts that lie one after another in memory as one, or `null` where they do not. */
function inOnePiece(parts: readonly Uint8Array[]): Uint8Array | null {
  const [{ buffer, byteOffset }] = parts as [Uint8Array];
  let end = byteOffset;
  for (const part of parts) {
    if (part.buffer !== buffer || part.byteOffset !== end) return null;
    end += part.byteLength;
  }
  return new Uint8Array(buffer, byteOffset, end - byteOffset);
}

/** Whether the values of a view lie one after another, the last axis fastest. */
function isRowMajor({ shape, strides }: StridedView): boolean {
  const expected = rowMajorStrides(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}

function oneRow({ shape, strides }: StridedView): StridedView {
  return { shape: shape.slice(1), strides: strides.slice(1) };
}

/** Copy a view that starts at the first of `bytes` to the front of `target`, in row-major order. */
function copyView(target: Uint8Array, view: StridedView, bytes: Uint8Array, valueBytes: number) {
  const targetBytes = view.shape.reduce((product, size) => product * size, valueBytes);
  if (isRowMajor(view)) return target.set(bytes.subarray(0, targetBytes));
  const step = view.strides[0]! * valueBytes;
  const rowBytes = targetBytes / view.shape[0]!;
  const row = oneRow(view);
  for (let i = 0; i < view.shape[0]!; i++) {
    copyView(target.subarray(i * rowBytes), row, bytes.subarray(i * step), valueBytes);
  }
}

/** The same rows in the same order in as few ranges as possible; empty ranges are left out. */
export function mergeAdjacentRows(ranges: readonly RowRange[]): RowRange[] {
  const merged: RowRange[] = [];
  for (const { start, end } of ranges) {
    if (start === end) continue;
    const last = merged.at(-1);
    if (last?.end === start) merged[merged.length - 1] = { start: last.start, end };
    else merged.push({ start, end });
  }
  return merged;
}
