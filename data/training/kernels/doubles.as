/** Single-precision numbers in twos and fours. */

/** Two single-precision numbers as doubles. */
@inline
export function doubles(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

/** Round two doubles to single precision, and store them. */
@inline
export function storeTwo(to: usize, two: v128): void {
  v128.store64_lane(to, f32x4.demote_f64x2_zero(two), 0);
}

/** Copy whole numbers of four bytes; quicker than `memory.copy` for so few. */
@inline
export function copy(from: usize, to: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}
