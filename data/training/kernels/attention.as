/** Causal attention of one head to one sequence, and its gradient. attention.ts does the same in plain TypeScript. */

import { LOWER_LEFT, LOWER_RESULT, product, UPPER_LEFT } from "./product";

/** JavaScript's `Math.exp`, which differs between engines in the last bit; so does training. */
@external("env", "exp")
declare function exp(x: f64): f64;

/** Softmax of each row over the columns up to the row's own number, in place; the rest of its last four columns becomes 0. */
function causalSoftmax(values: usize, size: i32): void {
  for (let row = 0; row < size; row++) {
    let largest = load<f32>(values);
    for (let i = 1; i <= row; i++) largest = max(largest, load<f32>(values + (<usize> i << 2)));
    let sum: f64 = 0;
    for (let i = 0; i <= row; i++) {
      const at = values + (<usize> i << 2);
      const power = exp(<f64> load<f32>(at) - <f64> largest);
      store<f32>(at, <f32> power);
      sum += power;
    }
    for (let i = 0; i <= row; i++) {
      const at = values + (<usize> i << 2);
      store<f32>(at, <f32> (<f64> load<f32>(at) / sum));
    }
    for (let i = row + 1; i < min(size, (row | 3) + 1); i++) store<f32>(values + (<usize> i << 2), 0);
    values += <usize> size << 2;
  }
}

/** Gradient through {@link causalSoftmax}, in place: from that of the probabilities to that of the scores. */
function causalSoftmaxGradient(gradient: usize, probabilities: usize, size: i32): void {
  const width = <usize> size << 2;
  for (let row = 0; row < size; row++) {
    let dot: f64 = 0;
    for (let i = 0; i <= row; i++) {
      const at = <usize> i << 2;
      dot += <f64> load<f32>(gradient + at) * <f64> load<f32>(probabilities + at);
    }
    for (let i = 0; i <= row; i++) {
      const at = <usize> i << 2;
      const centred = <f64> load<f32>(gradient + at) - dot;
      store<f32>(gradient + at, <f32> (<f64> load<f32>(probabilities + at) * centred));
    }
    for (let i = row + 1; i < min(size, (row | 3) + 1); i++) {
      store<f32>(gradient + (<usize> i << 2), 0);
    }
    gradient += width, probabilities += width;
  }
}

/**
 * Copy rows of a head, turning each by its position's angles: dimension `i` with dimension `i + pairs`.
 *
 * @param width Bytes between rows where they come from.
 * @param newWidth Bytes between rows where they go to.
 * @param direction 1, or -1 to turn back.
 */
function rotate(
  from: usize,
  width: usize,
  to: usize,
  newWidth: usize,
  rows: i32,
  size: i32,
  pairs: i32,
  cosines: usize,
  sines: usize,
  direction: f64,
): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(to, from, <usize> size << 2);
    for (let i = 0; i < pairs; i++) {
      const first = to + (<usize> i << 2);
      const second = first + (<usize> pairs << 2);
      const cosine: f64 = load<f32>(cosines);
      const sine = direction * <f64> load<f32>(sines);
      const x: f64 = load<f32>(first);
      const y: f64 = load<f32>(second);
      store<f32>(first, <f32> (x * cosine - y * sine));
      store<f32>(second, <f32> (y * cosine + x * sine));
      cosines += 4, sines += 4;
    }
    from += width, to += newWidth;
  }
}

/** Multiply by a double. */
function scale(values: usize, count: i32, factor: f64): void {
  const end = values + (<usize> count << 2);
  for (; values < end; values += 4) store<f32>(values, <f32> (<f64> load<f32>(values) * factor));
}

/**
 * Attention of one head: its output, and the probabilities that the gradient needs.
 *
 * @param fused The head's query, key and value, one behind the other, of the first of `length` tokens.
 * @param width Bytes between tokens of it.
 * @param outputWidth Bytes between tokens of the output.
 * @param room Room for query and key, and for the panels of the products.
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
): void {
  const row = <usize> size << 2;
  const square = <usize> length << 2;
  const query = room;
  const key = query + <usize> length * row;
  const panels = key + <usize> length * row;
  rotate(fused, width, query, row, length, size, pairs, cosines, sines, 1);
  rotate(fused + row, width, key, row, length, size, pairs, cosines, sines, 1);
  scale(query, length * size, factor);
  product(query, row, 4, key, row, 4, probabilities, square, length, length, size, 0, panels, LOWER_RESULT);
  causalSoftmax(probabilities, length);
  const value = fused + 2 * row;
  product(probabilities, square, 4, value, 4, width, output, outputWidth, length, size, length, 0, panels, LOWER_LEFT);
}

/**
 * Gradient of {@link attend}.
 *
 * @param dFused Where the gradients by query, key and value go, as they lie in `fused`.
 * @param room Room for query, key and one of their gradients, for the gradient of the probabilities, and for panels.
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
  product(dOutput, outputWidth, 4, value, width, 4, dScores, square, length, length, size, 0, panels, LOWER_RESULT);
  causalSoftmaxGradient(dScores, probabilities, length);

  product(dScores, square, 4, key, 4, row, turned, row, length, size, length, 0, panels, LOWER_LEFT);
  scale(turned, length * size, factor);
  rotate(turned, row, dFused, width, length, size, pairs, cosines, sines, -1);
  product(dScores, 4, square, query, 4, row, turned, row, length, size, length, 0, panels, UPPER_LEFT);
  rotate(turned, row, dFused + row, width, length, size, pairs, cosines, sines, -1);
  product(probabilities, 4, square, dOutput, 4, outputWidth, dFused + 2 * row, width, length, size, length, 0, panels, UPPER_LEFT);
}
