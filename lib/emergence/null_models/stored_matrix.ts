/** Where the weights of a matrix lie in its stored tensor, and which of them a null model treats together. */

import type { Architecture, HeadGroups, WeightMatrix } from "../../architectures/architecture.ts";
import type { RowRange, StoredValues } from "../../checkpoints/checkpoint.ts";
import { shownName } from "../../messages/shown.ts";

/** The layout of a stored tensor of weights. */
export interface StoredMatrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Values of one edge: the positions of a convolution's kernel, 1 elsewhere. */
  readonly kernel: number;
  /** Whether a stored row holds what enters a neuron (`out, in`), not what leaves one (`in, out`). */
  readonly rowsAreTargets: boolean;
  /** The matrices in it, each by the ranges of its targets: query, key and value of a fused tensor are three. */
  readonly parts: readonly (readonly RowRange[])[];
}

/** Lay out the stored tensor of a matrix. */
export function storedMatrix(matrix: WeightMatrix, architecture: Architecture): StoredMatrix {
  const { tensor, rows, columns, orientation, kernel, fused, groups } = matrix;
  const rowsAreTargets = orientation === "out, in";
  return {
    name: tensor,
    rows: rowsAreTargets ? rows : columns,
    columns: rowsAreTargets ? columns : rows,
    kernel,
    rowsAreTargets,
    parts: groups
      ? partsPerGroup(rows, groups)
      : fused
      ? partsPerHead(matrix, architecture.heads)
      : partsInOrder(matrix, architecture),
  };
}

/** Which matrix each target belongs to, by its stored row or column. */
export function partOfTargets({ parts, rowsAreTargets, rows, columns }: StoredMatrix): Uint8Array {
  const partOf = new Uint8Array(rowsAreTargets ? rows : columns);
  parts.forEach((ranges, part) => {
    for (const { start, end } of ranges) partOf.fill(part, start, end);
  });
  return partOf;
}

/** Head by head its queries, its keys, its values; see `queryKeyValueRow`. */
function partsPerHead({ tensor, rows }: WeightMatrix, heads: number | null): RowRange[][] {
  if (heads === null) {
    throw new Error(
      `A null model of ${shownName(tensor)} needs the number of heads, to tell query, key and ` +
        "value apart: put a config.json with num_attention_heads beside the weights",
    );
  }
  const size = rows / 3 / heads;
  return [0, 1, 2].map((part) =>
    Array.from({ length: heads }, (_, head) => {
      const start = (3 * head + part) * size;
      return { start, end: start + size };
    })
  );
}

/** Group by group its queries, its keys, its values; see `groupedRow`. */
function partsPerGroup(rows: number, { sharing, headSize }: HeadGroups): RowRange[][] {
  const group = (sharing + 2) * headSize;
  return [[0, sharing], [sharing, sharing + 1], [sharing + 1, sharing + 2]].map(([from, to]) =>
    Array.from({ length: rows / group }, (_, i) => (
      { start: i * group + from! * headSize, end: i * group + to! * headSize }
    ))
  );
}

/** The targets in their order, divided where a part of their layer begins. */
function partsInOrder({ to, first, rows }: WeightMatrix, { draws }: Architecture): RowRange[][] {
  const begins = draws.flatMap(({ layers }) => layers)
    .flatMap(({ layer, parts }) => layer === to ? parts.map((part) => part.first - first) : [])
    .filter((begin) => begin > 0 && begin < rows);
  const bounds = [0, ...new Set(begins.sort((a, b) => a - b)), rows];
  return bounds.slice(1).map((end, i) => [{ start: bounds[i]!, end }]);
}

/** Check that a tensor has some rows. */
export function checkRange(
  { start, end }: RowRange,
  { name, rows }: StoredMatrix,
  source: string,
): void {
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (whole && 0 <= start && start <= end && end <= rows) return;
  const tensor = `tensor ${shownName(name)} of ${source}`;
  throw new Error(`rows ${start} to ${end} of ${tensor} do not exist; it has ${rows}`);
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
