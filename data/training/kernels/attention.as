/** Causal attention of one head to one sequence, and its gradient. attention.ts does the same in plain TypeScript. */

import { exponentialsOfDoubles } from "./exponential";
import { LOWER_LEFT, LOWER_RESULT, product, UPPER_LEFT } from "./product";

/** Two single-precision numbers as doubles. */
@inline
function doubles(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

/** Round two doubles to single precision, and store them. */
@inline
function storeTwo(to: usize, two: v128): void {
  v128.store64_lane(to, f32x4.demote_f64x2_zero(two), 0);
}

/** Copy whole numbers of four bytes; quicker than `memory.copy` for so few. */
@inline
function copy(from: usize, to: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/** JavaScript's `Math.exp`. */
@external("env", "exp")
declare function exp(x: f64): f64;

/** The largest of `count` numbers. */
function largestOf(values: usize, count: i32): f32 {
  let largest = load<f32>(values);
  const end = values + (<usize> count << 2);
  if (count >= 4) {
    const endOfFours = values + (<usize> (count & -4) << 2);
    let four = v128.load(values);
    for (values += 16; values < endOfFours; values += 16) four = f32x4.max(four, v128.load(values));
    largest = max(
      max(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)),
      max(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)),
    );
  }
  for (; values < end; values += 4) largest = max(largest, load<f32>(values));
  return largest;
}

/** Softmax in place: exponentials by `Math.exp`, and their sum in double precision. */
function softmax(values: usize, count: i32, largest: f64): void {
  const end = values + (<usize> count << 2);
  let sum: f64 = 0;
  for (let at = values; at < end; at += 4) {
    const power = exp(<f64> load<f32>(at) - largest);
    store<f32>(at, <f32> power);
    sum += power;
  }
  for (let at = values; at < end; at += 4) store<f32>(at, <f32> (<f64> load<f32>(at) / sum));
}

/** Which of two doubles could be rounded to another single-precision number if they were off by `margin` of their last places. */
@inline
function inDoubt(x: v128, margin: i64): v128 {
  // The 29 bits that are rounded away, moved so that those about the middle begin at 0.
  const away = v128.and(
    i64x2.add(x, i64x2.splat(margin - 0x10000000)),
    i64x2.splat(0x1fffffff),
  );
  const near = i64x2.lt_s(away, i64x2.splat(2 * margin));
  // Subnormal numbers are rounded elsewhere.
  return v128.or(near, f64x2.lt(x, f64x2.splat(1.1754943508222875e-38)));
}

/**
 * {@link softmax} by exponentials of our own, which are off by less than 16 of their last places, as is `Math.exp` on every engine.
 * What is rounded to single precision is the same then, except where it is in doubt.
 *
 * @param room Room for the exponentials.
 * @returns Whether a number was in doubt; if so, nothing has changed.
 */
function quickSoftmax(values: usize, count: i32, largest: f64, room: usize, table: usize): bool {
  const bytes = <usize> count << 2;
  const pairs = <usize> (count & -2) << 2;
  let sums = f64x2.splat(0);
  let doubt = i64x2.splat(0);
  for (let at: usize = 0; at < pairs; at += 8) {
    const x = doubles(values + at);
    const powers = exponentialsOfDoubles(f64x2.sub(x, f64x2.splat(largest)), table);
    doubt = v128.or(doubt, inDoubt(powers, 16));
    sums = f64x2.add(sums, powers);
    storeTwo(room + at, powers);
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (pairs < bytes) {
    const x = f64x2.promote_low_f32x4(v128.load32_splat(values + pairs));
    const power = exponentialsOfDoubles(f64x2.sub(x, f64x2.splat(largest)), table);
    doubt = v128.or(doubt, inDoubt(power, 16));
    sum += f64x2.extract_lane(power, 0);
    v128.store_lane<f32>(room + pairs, f32x4.demote_f64x2_zero(power), 0);
  }
  // A sum of n numbers is rounded n times, in this order and in that of softmax, by up to half of a last place each.
  const margin = 2 * <i64> count + 32;
  for (let at: usize = 0; at < pairs; at += 8) {
    const power = doubles(room + at);
    const share = f64x2.div(power, f64x2.splat(sum));
    doubt = v128.or(doubt, inDoubt(share, margin));
    storeTwo(room + at, share);
  }
  if (pairs < bytes) {
    const power = f64x2.promote_low_f32x4(v128.load32_splat(room + pairs));
    const share = f64x2.div(power, f64x2.splat(sum));
    doubt = v128.or(doubt, inDoubt(share, margin));
    v128.store_lane<f32>(room + pairs, f32x4.demote_f64x2_zero(share), 0);
  }
  if (v128.any_true(doubt)) return true;
  copy(room, values, bytes);
  return false;
}

/**
 * Softmax of each row over the columns up to the row's own number, in place; the rest of its last four columns becomes 0.
 *
 * @param room Room for a row.
 */
function causalSoftmax(values: usize, size: i32, room: usize, table: usize): void {
  for (let row = 0; row < size; row++) {
    const largest = <f64> largestOf(values, row + 1);
    if (quickSoftmax(values, row + 1, largest, room, table)) softmax(values, row + 1, largest);
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
    const bytes = <usize> (row + 1) << 2;
    const pairs = <usize> ((row + 1) & -2) << 2;
    for (let at: usize = 0; at < pairs; at += 8) {
      const centred = f64x2.sub(doubles(gradient + at), f64x2.splat(dot));
      storeTwo(gradient + at, f64x2.mul(doubles(probabilities + at), centred));
    }
    if (pairs < bytes) {
      const centred = <f64> load<f32>(gradient + pairs) - dot;
      store<f32>(gradient + pairs, <f32> (<f64> load<f32>(probabilities + pairs) * centred));
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
    copy(from, to, <usize> size << 2);
    const second = to + (<usize> pairs << 2);
    const end = <usize> pairs << 2;
    const endOfTwos = <usize> (pairs & -2) << 2;
    let at: usize = 0;
    for (; at < endOfTwos; at += 8) {
      const cosine = doubles(cosines + at);
      const sine = f64x2.mul(f64x2.splat(direction), doubles(sines + at));
      const x = doubles(to + at);
      const y = doubles(second + at);
      storeTwo(to + at, f64x2.sub(f64x2.mul(x, cosine), f64x2.mul(y, sine)));
      storeTwo(second + at, f64x2.add(f64x2.mul(y, cosine), f64x2.mul(x, sine)));
    }
    if (at < end) {
      const cosine: f64 = load<f32>(cosines + at);
      const sine = direction * <f64> load<f32>(sines + at);
      const x: f64 = load<f32>(to + at);
      const y: f64 = load<f32>(second + at);
      store<f32>(to + at, <f32> (x * cosine - y * sine));
      store<f32>(second + at, <f32> (y * cosine + x * sine));
    }
    cosines += end, sines += end;
    from += width, to += newWidth;
  }
}

/** Multiply by a double. */
function scale(values: usize, count: i32, factor: f64): void {
  const end = values + (<usize> count << 2);
  const endOfTwos = values + (<usize> (count & -2) << 2);
  for (; values < endOfTwos; values += 8) {
    storeTwo(values, f64x2.mul(doubles(values), f64x2.splat(factor)));
  }
  if (values < end) store<f32>(values, <f32> (<f64> load<f32>(values) * factor));
}

/**
 * Attention of one head: its output, and the probabilities that the gradient needs.
 *
 * @param fused The head's query, key and value, one behind the other, of the first of `length` tokens.
 * @param width Bytes between tokens of it.
 * @param outputWidth Bytes between tokens of the output.
 * @param room Room for query and key, and for the panels of the products or a row of the probabilities.
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
  product(query, row, 4, key, row, 4, probabilities, square, length, length, size, 0, panels, LOWER_RESULT);
  causalSoftmax(probabilities, length, panels, table);
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
