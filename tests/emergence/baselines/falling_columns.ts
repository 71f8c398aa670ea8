/** Matrices with a heavy-tailed spectrum, the same in NumPy. */

import { mulberry32 } from "../../golden/seeded_normals.ts";

/** Uniform numbers from mulberry32, row by row, each column smaller than the one before: (u / 2³² − 1/2) · 40 / (column + 8). */
export function fallingColumns(seed: number, rows: number, columns: number): Float64Array {
  const next = mulberry32(seed);
  return Float64Array.from(
    { length: rows * columns },
    (_, i) => (next() / 2 ** 32 - 0.5) * 40 / (i % columns + 8),
  );
}
