import { type Matrix, zeros } from "./matrix.ts";

/** product.as in plain TypeScript: `left · right`, and a bias added to every row. */
export function product(left: Matrix, right: Matrix, bias?: Float32Array): Matrix {
  const result = zeros(left.rows, right.columns);
  for (let i = 0; i < left.rows; i++) {
    for (let j = 0; j < right.columns; j++) {
      let sum = 0;
      for (let k = 0; k < left.columns; k++) {
        const term = left.values[i * left.columns + k]! * right.values[k * right.columns + j]!;
        sum = Math.fround(sum + Math.fround(term));
      }
      result.values[i * right.columns + j] = sum + (bias?.[j] ?? 0);
    }
  }
  return result;
}
