import { type Matrix, zeros } from "./matrix.ts";

const { fround } = Math;

/** What {@linkcode layerNormalization} gives: the result, and what its gradient needs. */
export interface Normalized {
  readonly result: Matrix;
  /** Centred and divided. */
  readonly normal: Matrix;
  /** One over the root of the variance plus epsilon, a number a row. */
  readonly inverse: Float32Array;
}

/** Of every row the mean of `term`, summed in the order of the columns. */
function mean(columns: number, term: (column: number) => number): number {
  let sum = 0;
  for (let i = 0; i < columns; i++) sum = fround(sum + fround(term(i)));
  return fround(sum / columns);
}

/** layer_normalization.as in plain TypeScript. */
export function layerNormalization(
  { rows, columns, values }: Matrix,
  gain: Float32Array,
  bias: Float32Array,
  epsilon: number,
): Normalized {
  const [result, normal] = [zeros(rows, columns), zeros(rows, columns)];
  const inverse = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const centre = mean(columns, (i) => values[at + i]!);
    const centred = Float32Array.from({ length: columns }, (_, i) => values[at + i]! - centre);
    const variance = mean(columns, (i) => centred[i]! * centred[i]!);
    inverse[row] = 1 / fround(Math.sqrt(fround(variance + fround(epsilon))));
    for (let i = 0; i < columns; i++) {
      const scaled = normal.values[at + i] = fround(centred[i]! * inverse[row]!);
      result.values[at + i] = fround(scaled * gain[i]!) + bias[i]!;
    }
  }
  return { result, normal, inverse };
}

/** Its gradients by the values, and by row by the gain, which are still to be summed. */
export function layerNormalizationGradient(
  dy: Matrix,
  { normal, inverse }: Pick<Normalized, "normal" | "inverse">,
  gain: Float32Array,
): { dx: Matrix; dGain: Matrix } {
  const { rows, columns } = dy;
  const [dx, dGain] = [zeros(rows, columns), zeros(rows, columns)];
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    const slopes = dy.values.subarray(at, at + columns);
    const normals = normal.values.subarray(at, at + columns);
    const scaled = slopes.map((slope, i) => slope * gain[i]!);
    dGain.values.set(slopes.map((slope, i) => slope * normals[i]!), at);
    const shift = mean(columns, (i) => scaled[i]!);
    const along = mean(columns, (i) => scaled[i]! * normals[i]!);
    for (let i = 0; i < columns; i++) {
      const rest = fround(fround(scaled[i]! - shift) - fround(normals[i]! * along));
      dx.values[at + i] = inverse[row]! * rest;
    }
  }
  return { dx, dGain };
}
