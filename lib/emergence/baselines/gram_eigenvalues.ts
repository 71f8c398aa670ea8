/** The squares of a matrix's singular values. */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/**
 * The eigenvalues of WᵀW or WWᵀ, whichever is smaller: the squared singular values of W. Those that rounding can't tell
 * from 0 are 0.
 */
export function gramEigenvalues(values: Float64Array, rows: number, columns: number): Float64Array {
  const gram = rows < columns
    ? productsOfColumns(transposed(values, rows, columns), columns, rows)
    : productsOfColumns(values, rows, columns);
  const { realEigenvalues } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const found = Float64Array.from(realEigenvalues).sort().reverse();
  const least = found[0]! * Math.max(rows, columns) * Number.EPSILON;
  return found.map((value) => value > least ? value : 0);
}

function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  return values.map((_, i) => values[i % rows * columns + Math.floor(i / rows)]!);
}

function productsOfColumns(values: Float64Array, rows: number, columns: number): Matrix {
  const sums = Array.from({ length: columns }, (_, a) => new Float64Array(a + 1));
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * columns, (row + 1) * columns);
    for (let a = 0; a < columns; a++) {
      const factor = own[a]!, line = sums[a]!;
      for (let b = 0; b <= a; b++) line[b]! += factor * own[b]!;
    }
  }
  const gram = Matrix.zeros(columns, columns);
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      gram.set(a, b, sums[a]![b]!);
      gram.set(b, a, sums[a]![b]!);
    }
  }
  return gram;
}
