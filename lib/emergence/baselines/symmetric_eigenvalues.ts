/** All eigenvalues of a symmetric matrix, without the eigenvectors. */

/** A symmetric matrix by the rows of its lower triangle: row a has a + 1 values. */
export type LowerTriangle = readonly Float64Array[];

/** Rotations that an eigenvalue may take; two are usual. */
const MOST_ITERATIONS = 60;

/**
 * All eigenvalues of a symmetric matrix, in no order, by Householder's reduction to three diagonals
 * and implicit QL steps (Golub and Van Loan, Matrix Computations, 8.3), each to some units of
 * rounding of the largest. ml-matrix has the same method but makes the eigenvectors too: 5.4 s at a
 * width of 1024, and 0.6 s without them.
 *
 * @param triangle The matrix, which is overwritten.
 * @returns The eigenvalues; `null` if a value is not finite, or if one takes too many steps.
 */
export function symmetricEigenvalues(triangle: LowerTriangle): Float64Array | null {
  const { diagonal, beside } = tridiagonal(triangle);
  if (![...diagonal, ...beside].every(Number.isFinite)) return null;
  return eigenvaluesOfTridiagonal(diagonal, beside) ? diagonal : null;
}

/** A symmetric matrix that is 0 beyond its three diagonals: `beside[i]` joins i and i + 1. */
interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
}

/**
 * The matrix as P₁ … Pₙ T Pₙ … P₁ with reflections P that clear one row each, the last row first. A
 * reflection changes the triangle by −v wᵀ − w vᵀ; that is left for the pass that multiplies the
 * triangle by the next v, so that memory is gone through once a row.
 */
function tridiagonal(triangle: LowerTriangle): Tridiagonal {
  const size = triangle.length;
  const diagonal = new Float64Array(size), beside = new Float64Array(Math.max(0, size - 1));
  let v = new Float64Array(size), next = new Float64Array(size);
  const w = new Float64Array(size), product = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    const row = triangle[i]!, ownV = v[i]!, ownW = w[i]!;
    for (let j = 0; j <= i; j++) row[j]! -= ownV * w[j]! + ownW * v[j]!;
    diagonal[i] = row[i]!;
    if (i === 0) break;
    const { edge, half } = reflection(row, i, next);
    beside[i - 1] = edge;
    product.fill(0, 0, i);
    for (let k = 0; k < i; k++) updateAndMultiply(triangle[k]!, k, { v, w, next, product });
    [v, next] = [next, v];
    w.fill(0, 0, i);
    if (half === 0) continue;
    let along = 0;
    for (let j = 0; j < i; j++) along += product[j]! * v[j]!;
    along /= 2 * half * half;
    for (let j = 0; j < i; j++) w[j] = product[j]! / half - along * v[j]!;
  }
  return { diagonal, beside };
}

/**
 * The vector v whose reflection I − v vᵀ / half leaves of the first `count` values of a row the last
 * alone, and what that one becomes; half is 0 where there is nothing to reflect.
 */
function reflection(
  row: Float64Array,
  count: number,
  v: Float64Array,
): { edge: number; half: number } {
  let largest = 0;
  for (let j = 0; j < count; j++) largest = Math.max(largest, Math.abs(row[j]!));
  v.fill(0, 0, count);
  if (largest === 0) return { edge: 0, half: 0 };
  let squares = 0;
  for (let j = 0; j < count; j++) {
    const value = row[j]! / largest;
    v[j] = value;
    squares += value * value;
  }
  const last = v[count - 1]!, edge = last > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
  v[count - 1] = last - edge;
  return { edge: largest * edge, half: squares - last * edge };
}

/**
 * Take v wᵀ + w vᵀ from row k of the triangle, and add what the row and its mirror image give of the
 * product by `next`.
 */
function updateAndMultiply(
  row: Float64Array,
  k: number,
  { v, w, next, product }: Record<"v" | "w" | "next" | "product", Float64Array>,
): void {
  const ownV = v[k]!, ownW = w[k]!, ownNext = next[k]!;
  let sum = 0;
  for (let j = 0; j < k; j++) {
    const value = row[j]! - ownV * w[j]! - ownW * v[j]!;
    row[j] = value;
    sum += value * next[j]!;
    product[j]! += value * ownNext;
  }
  const value = row[k]! - 2 * ownV * ownW;
  row[k] = value;
  product[k]! += sum + value * ownNext;
}

/** Put the eigenvalues onto the diagonal; whether that was reached. What lies beside it is overwritten. */
function eigenvaluesOfTridiagonal(d: Float64Array, beside: Float64Array): boolean {
  const size = d.length, e = new Float64Array(size);
  e.set(beside);
  let norm = 0;
  for (let i = 0; i < size; i++) norm = Math.max(norm, Math.abs(d[i]!) + Math.abs(e[i]!));
  const least = Number.EPSILON * norm;
  for (let start = 0; start < size; start++) {
    for (let iteration = 0;; iteration++) {
      let end = start;
      while (end < size - 1 && Math.abs(e[end]!) > least) end++;
      if (end === start) break;
      if (iteration === MOST_ITERATIONS) return false;
      rotate(d, e, start, end);
    }
  }
  return true;
}

/** One implicit QL step, with Wilkinson's shift, of the part from `start` to `end`. */
function rotate(d: Float64Array, e: Float64Array, start: number, end: number): void {
  const half = (d[start + 1]! - d[start]!) / (2 * e[start]!);
  const root = Math.hypot(half, 1);
  let g = d[end]! - d[start]! + e[start]! / (half + (half < 0 ? -root : root));
  let sine = 1, cosine = 1, shift = 0;
  for (let i = end - 1; i >= start; i--) {
    const f = sine * e[i]!, b = cosine * e[i]!, length = Math.hypot(f, g);
    e[i + 1] = length;
    if (length === 0) {
      d[i + 1]! -= shift;
      e[end] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = d[i + 1]! - shift;
    const turned = (d[i]! - g) * sine + 2 * cosine * b;
    shift = sine * turned;
    d[i + 1] = g + shift;
    g = cosine * turned - b;
  }
  d[start]! -= shift;
  e[start] = g;
  e[end] = 0;
}
