/** All eigenvalues of WᵀW, the squares of the singular values. */

import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { type LowerTriangle, symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

/** Largest side whose eigenvalues ml-matrix takes, which makes the eigenvectors as well. */
const LIBRARY_SIDE = 512;

/** Rows whose products are added together: those of a matrix 2048 wide stay in the second cache. */
const TOGETHER = 32;

/**
 * The eigenvalues of WᵀW or WWᵀ, whichever is smaller, the largest first; those that rounding can't
 * tell from 0 are 0. Above {@linkcode LIBRARY_SIDE} they take, beside the values, half a square of
 * the smaller side in memory.
 *
 * @returns The eigenvalues; `null` if they are not reached: a product of weights is too large.
 */
export function gramEigenvalues(
  values: Float64Array,
  rows: number,
  columns: number,
): Float64Array | null {
  const products = productsOfColumns(values, rows, columns);
  if (!products.every((line, a) => Number.isFinite(line[a]))) return null;
  const all = products.length <= LIBRARY_SIDE
    ? eigenvaluesByLibrary(products)
    : symmetricEigenvalues(products);
  if (all === null) return null;
  const found = all.sort().reverse();
  const least = found[0]! * Math.max(rows, columns) * Number.EPSILON;
  return found.map((value) => value > least ? value : 0);
}

function eigenvaluesByLibrary(products: LowerTriangle): Float64Array {
  const size = products.length, gram = Matrix.zeros(size, size);
  for (const [a, line] of products.entries()) {
    for (const [b, sum] of line.entries()) {
      gram.set(a, b, sum);
      gram.set(b, a, sum);
    }
  }
  const { realEigenvalues } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues);
}

/** The product of each two columns, or of each two rows if those are fewer. */
function productsOfColumns(values: Float64Array, rows: number, columns: number): LowerTriangle {
  const turned = rows < columns, side = turned ? rows : columns, terms = turned ? columns : rows;
  const sums = Array.from({ length: side }, (_, a) => new Float64Array(a + 1));
  const part = new Float64Array(TOGETHER * side);
  for (let start = 0; start < terms; start += TOGETHER) {
    const count = Math.min(TOGETHER, terms - start);
    if (turned) {
      for (let a = 0; a < side; a++) {
        const own = a * columns + start;
        for (let term = 0; term < count; term++) part[term * side + a] = values[own + term]!;
      }
    } else part.set(values.subarray(start * side, (start + count) * side));
    // The last part may be short: what follows it adds 0.
    part.fill(0, count * side);
    for (const line of sums) addProducts(line, part, side);
  }
  return sums;
}

/** Add four terms at a time, in their order, so that a sum is read and written once for four. */
function addProducts(line: Float64Array, part: Float64Array, side: number): void {
  const a = line.length - 1;
  for (let term = 0; term < TOGETHER; term += 4) {
    const first = term * side, second = first + side, third = second + side, fourth = third + side;
    const [one, two] = [part[first + a]!, part[second + a]!];
    const [three, four] = [part[third + a]!, part[fourth + a]!];
    for (let b = 0; b <= a; b++) {
      line[b] = line[b]! + one * part[first + b]! + two * part[second + b]! +
        three * part[third + b]! + four * part[fourth + b]!;
    }
  }
}
