import assert from "node:assert/strict";
import { gramEigenvalues } from "../../../lib/emergence/baselines/gram_eigenvalues.ts";
import { largestEigenvalue } from "../../../lib/emergence/baselines/largest_eigenvalue.ts";
import { normals } from "../../golden/seeded_normals.ts";
import { close } from "../../golden/golden.ts";

function matrix(rows: number, columns: number, at: (i: number, j: number) => number): Float64Array {
  return Float64Array.from(
    { length: rows * columns },
    (_, k) => at(Math.floor(k / columns), k % columns),
  );
}

Deno.test("largestEigenvalue() is the square of NumPy 2.4.6's largest singular value, to a millionth", () => {
  const large = matrix(700, 600, (i, j) => (i * 37 + j * 91 + i * j * 13) % 101 - 50);
  close(largestEigenvalue(large, 700)!, 12267984.067456787, 12, "700 by 600");
  const wide = matrix(40, 60, (i, j) => (i * i * 7 + j * j * j + i * j * 3) % 17 - 8);
  close(largestEigenvalue(wide, 40)!, 9957.98876551, 0.01, "40 by 60");
});

Deno.test("largestEigenvalue() of random weights is the largest of all eigenvalues, whose edge is crowded", () => {
  for (const [rows, columns] of [[150, 90], [90, 150]] as const) {
    const values = normals(`${rows}`, rows * columns);
    const [largest] = gramEigenvalues(values, rows, columns)!;
    close(largestEigenvalue(values, rows)!, largest!, 1e-6 * largest!, `${rows}`);
  }
});

Deno.test("largestEigenvalue() of zeros, one value, one row, one column, and equal values", () => {
  assert.equal(largestEigenvalue(new Float64Array(12), 3), 0);
  close(largestEigenvalue(Float64Array.of(-3), 1)!, 9, 1e-14, "one");
  close(largestEigenvalue(Float64Array.of(3, 0, 4), 1)!, 25, 1e-14, "row");
  close(largestEigenvalue(Float64Array.of(3, 0, 4), 3)!, 25, 1e-14, "column");
  close(largestEigenvalue(new Float64Array(2000).fill(0.5), 40)!, 500, 1e-12, "equal");
});
