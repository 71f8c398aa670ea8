/**
 * Causal attention of one head to one sequence, and its gradient. attention_plain.ts does the same
 * in plain TypeScript.
 */

import { LOWER_LEFT, LOWER_RESULT, product, UPPER_LEFT } from "./product";
import { rotate, scale } from "./rotation";
import { causalSoftmax, causalSoftmaxGradient } from "./softmax";

/**
 * Attention of one head: its output, and the probabilities that the gradient needs.
 *
 * @param fused The head's query, key and value of the first of `length` tokens, one behind the
 * other.
 * @param width Bytes between tokens of it.
 * @param outputWidth Bytes between tokens of the output.
 * @param room Room for query and key, and for panels of the products or a row of the probabilities.
 * @param table Where `EXPONENTIAL_TABLE` lies.
 */
export function attend(
  fused: usize,
  width: usize,
  output: usize,
  outputWidth: usize,
  probabilities: usize,
  length: i32,
  size: i32,
  pairs: i32,
  cosines: usize,
  sines: usize,
  factor: f64,
  room: usize,
  table: usize,
): void {
  const row = <usize> size << 2;
  const square = <usize> length << 2;
  const query = room;
  const key = query + <usize> length * row;
  const panels = key + <usize> length * row;
  rotate(fused, width, query, row, length, size, pairs, cosines, sines, 1);
  rotate(fused + row, width, key, row, length, size, pairs, cosines, sines, 1);
  scale(query, length * size, factor);
  product(
    query, row, 4,
    key, row, 4,
    probabilities, square,
    length, length, size,
    0, panels, LOWER_RESULT,
  );
  causalSoftmax(probabilities, length, panels, table);
  const value = fused + 2 * row;
  product(
    probabilities, square, 4,
    value, 4, width,
    output, outputWidth,
    length, size, length,
    0, panels, LOWER_LEFT,
  );
}

/**
 * Gradient of {@link attend}.
 *
 * @param dFused Where the gradients by query, key and value go, as they lie in `fused`.
 * @param room Room for query, key and one of their gradients, for the gradient of the
 * probabilities, and for panels.
 */
export function attendGradient(
  fused: usize,
  width: usize,
  dOutput: usize,
  outputWidth: usize,
  probabilities: usize,
  dFused: usize,
  length: i32,
  size: i32,
  pairs: i32,
  cosines: usize,
  sines: usize,
  factor: f64,
  room: usize,
): void {
  const row = <usize> size << 2;
  const square = <usize> length << 2;
  const query = room;
  const key = query + <usize> length * row;
  const turned = key + <usize> length * row;
  const dScores = turned + <usize> length * row;
  const panels = dScores + <usize> length * square;
  rotate(fused, width, query, row, length, size, pairs, cosines, sines, 1);
  rotate(fused + row, width, key, row, length, size, pairs, cosines, sines, 1);
  scale(query, length * size, factor);
  const value = fused + 2 * row;
  product(
    dOutput, outputWidth, 4,
    value, width, 4,
    dScores, square,
    length, length, size,
    0, panels, LOWER_RESULT,
  );
  causalSoftmaxGradient(dScores, probabilities, length);

  product(
    dScores, square, 4,
    key, 4, row,
    turned, row,
    length, size, length,
    0, panels, LOWER_LEFT,
  );
  scale(turned, length * size, factor);
  rotate(turned, row, dFused, width, length, size, pairs, cosines, sines, -1);
  product(
    dScores, 4, square,
    query, 4, row,
    turned, row,
    length, size, length,
    0, panels, UPPER_LEFT,
  );
  rotate(turned, row, dFused + row, width, length, size, pairs, cosines, sines, -1);
  product(
    probabilities, 4, square,
    dOutput, 4, outputWidth,
    dFused + 2 * row, width,
    length, size, length,
    0, panels, UPPER_LEFT,
  );
}
