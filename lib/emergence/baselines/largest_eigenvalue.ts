/** The largest eigenvalue of WᵀW, without the others. */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { RandomDraws } from "../../statistics/random_draws.ts";

/** How near to an eigenvalue the result must be, by its size. */
const PRECISION = 1e-6;

/** Steps that are tried; a matrix of random weights takes some dozens. */
const MOST_STEPS = 400;

/** Steps after which it is asked how near the result is. */
const EVERY = 8;

/**
 * The largest eigenvalue of WᵀW, the square of the largest singular value, by the method of Lanczos (1950) with vectors kept
 * orthogonal. A step takes one pass over the rows; the residual bounds the distance from an eigenvalue.
 *
 * @returns The eigenvalue to a millionth of its size, or `null` where 400 steps do not reach it or a square is too large.
 */
export function largestEigenvalue(values: Float64Array, rows: number): number | null {
  const columns = values.length / rows, random = new RandomDraws("largest eigenvalue");
  const most = Math.min(columns, MOST_STEPS);
  const basis: Float64Array[] = [], diagonal: number[] = [], beside: number[] = [];
  let vector: Float64Array = Float64Array.from({ length: columns }, () => random.normal());
  let length = Math.sqrt(product(vector, vector));
  while (basis.length < most) {
    const own = vector.map((value) => value / length);
    basis.push(own);
    vector = multiplied(values, columns, own);
    diagonal.push(product(vector, own));
    // Twice, since what rounding leaves after once is along the largest eigenvector.
    for (let again = 0; again < 2; again++) {
      for (const before of basis) subtract(vector, before, product(vector, before));
    }
    length = Math.sqrt(product(vector, vector));
    beside.push(length);
    const size = basis.length;
    if (size % EVERY > 0 && size < columns && length > 0) continue;
    const { largest, last } = largestOfTridiagonal(diagonal, beside);
    const residual = length * Math.abs(last);
    if (!Number.isFinite(largest)) return null;
    if (size === columns || residual <= PRECISION * largest) return largest;
  }
  return null;
}

/** WᵀW by a vector. */
function multiplied(values: Float64Array, columns: number, vector: Float64Array): Float64Array {
  const result = new Float64Array(columns);
  for (let start = 0; start < values.length; start += columns) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += values[start + j]! * vector[j]!;
    for (let j = 0; j < columns; j++) result[j]! += sum * values[start + j]!;
  }
  return result;
}

/**
 * The largest eigenvalue of a symmetric tridiagonal matrix, and the last component of its
 * eigenvector.
 */
function largestOfTridiagonal(
  diagonal: readonly number[],
  beside: readonly number[],
): { largest: number; last: number } {
  const size = diagonal.length, matrix = Matrix.zeros(size, size);
  diagonal.forEach((value, i) => {
    matrix.set(i, i, value);
    if (i === 0) return;
    matrix.set(i, i - 1, beside[i - 1]!);
    matrix.set(i - 1, i, beside[i - 1]!);
  });
  const decomposed = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const largest = Math.max(...decomposed.realEigenvalues);
  const column = decomposed.realEigenvalues.indexOf(largest);
  return {
    largest: Math.max(0, largest),
    last: decomposed.eigenvectorMatrix.get(size - 1, column),
  };
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtract(vector: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i]! -= factor * other[i]!;
}
