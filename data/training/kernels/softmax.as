/** Causal softmax and its gradient. attention_plain.ts does the same in plain TypeScript. */

import { copy, doubles, storeTwo } from "./doubles";
import { exponentialsOfDoubles } from "./exponential";

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

/**
 * Which of two doubles could be rounded to another single-precision number if they were off by
 * `margin` of their last places.
 */
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
 * An exponential of our own and `Math.exp`, whatever the engine, differ by less of their last
 * places.
 */
const DIFFERENCE: i64 = 16;

/**
 * {@link softmax} by exponentials of our own. Rounded to single precision, its numbers are the
 * same, unless one is in doubt.
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
    doubt = v128.or(doubt, inDoubt(powers, DIFFERENCE));
    sums = f64x2.add(sums, powers);
    storeTwo(room + at, powers);
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (pairs < bytes) {
    const x = f64x2.promote_low_f32x4(v128.load32_splat(values + pairs));
    const power = exponentialsOfDoubles(f64x2.sub(x, f64x2.splat(largest)), table);
    doubt = v128.or(doubt, inDoubt(power, DIFFERENCE));
    sum += f64x2.extract_lane(power, 0);
    v128.store_lane<f32>(room + pairs, f32x4.demote_f64x2_zero(power), 0);
  }
  // Besides, either sum of n numbers is rounded n times by up to half of a last place; a quotient's
  // last place may be half as large as the sum's.
  const margin = 2 * (<i64> count + DIFFERENCE + 1);
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

/** Write zeros behind the column of a row's own number, up to the end of four columns. */
@inline
function clearRest(values: usize, row: i32, size: i32): void {
  for (let i = row + 1; i < min(size, (row | 3) + 1); i++) store<f32>(values + (<usize> i << 2), 0);
}

/**
 * Softmax of each row over the columns up to the row's own number, in place; what is left of the
 * last four columns that are begun becomes 0.
 *
 * @param room Room for a row.
 */
export function causalSoftmax(values: usize, size: i32, room: usize, table: usize): void {
  for (let row = 0; row < size; row++) {
    const largest = <f64> largestOf(values, row + 1);
    if (quickSoftmax(values, row + 1, largest, room, table)) softmax(values, row + 1, largest);
    clearRest(values, row, size);
    values += <usize> size << 2;
  }
}

/**
 * Gradient through {@link causalSoftmax}, in place: from that of the probabilities to that of the
 * scores.
 */
export function causalSoftmaxGradient(gradient: usize, probabilities: usize, size: i32): void {
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
    clearRest(gradient, row, size);
    gradient += width, probabilities += width;
  }
}
