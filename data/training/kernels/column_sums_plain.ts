import type { Matrix } from "./matrix.ts";

/** column_sums.as in plain TypeScript. */
export function columnSums({ rows, columns, values }: Matrix): Float32Array {
  const rest = values.slice();
  while (rows % 2 === 0) {
    rows /= 2;
    const half = rows * columns;
    for (let i = 0; i < half; i++) rest[i] = rest[i]! + rest[i + half]!;
  }
  const sums = new Float32Array(columns);
  for (let i = 0; i < rows * columns; i++) sums[i % columns]! += rest[i]!;
  return sums;
}
