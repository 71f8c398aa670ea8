/** Turning and scaling rows. attention_plain.ts does the same in plain TypeScript. */

import { copy, doubles, storeTwo } from "./doubles";

/**
 * Copy rows of a head, turning each by its position's angles: dimension `i` with dimension
 * `i + pairs`.
 *
 * @param width Bytes between rows where they come from.
 * @param newWidth Bytes between rows where they go to.
 * @param direction 1, or -1 to turn back.
 */
export function rotate(
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
export function scale(values: usize, count: i32, factor: f64): void {
  const end = values + (<usize> count << 2);
  const endOfTwos = values + (<usize> (count & -2) << 2);
  for (; values < endOfTwos; values += 8) {
    storeTwo(values, f64x2.mul(doubles(values), f64x2.splat(factor)));
  }
  if (values < end) store<f32>(values, <f32> (<f64> load<f32>(values) * factor));
}
