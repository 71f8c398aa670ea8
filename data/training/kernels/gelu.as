/**
 * The Gaussian error linear unit and its gradient. gelu_plain.ts does the same in plain TypeScript.
 */

import { errorFunctions } from "./error_function";
import { exponentials } from "./exponential";

@inline
function cumulativeOf(x: v128, table: usize): v128 {
  const erf = errorFunctions(f32x4.mul(x, f32x4.splat(<f32> 0.70710678118654752440)), table);
  return f32x4.mul(f32x4.add(erf, f32x4.splat(1)), f32x4.splat(0.5));
}

@inline
function slopeOf(x: v128, cumulative: v128, table: usize): v128 {
  const power = exponentials(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)), table);
  const density = f32x4.mul(power, f32x4.splat(<f32> 0.39894228040143267794));
  return f32x4.add(cumulative, f32x4.mul(x, density));
}

/**
 * `x · Φ(x)`, and Φ(x), the share of the normal distribution below x.
 *
 * @param table Where `EXPONENTIAL_TABLE` lies.
 */
export function gelu(x: usize, cumulative: usize, result: usize, count: i32, table: usize): void {
  const end = x + (<usize> count << 2);
  const endOfFours = x + (<usize> (count & -4) << 2);
  while (x < endOfFours) {
    const four = v128.load(x);
    const share = cumulativeOf(four, table);
    v128.store(cumulative, share);
    v128.store(result, f32x4.mul(four, share));
    x += 16, cumulative += 16, result += 16;
  }
  while (x < end) {
    const one = v128.load32_splat(x);
    const share = cumulativeOf(one, table);
    v128.store_lane<f32>(cumulative, share, 0);
    v128.store_lane<f32>(result, f32x4.mul(one, share), 0);
    x += 4, cumulative += 4, result += 4;
  }
}

/** Gradient of {@link gelu}: `dy · (Φ(x) + x · φ(x))`. */
export function geluGradient(
  x: usize,
  cumulative: usize,
  dy: usize,
  dx: usize,
  count: i32,
  table: usize,
): void {
  const end = x + (<usize> count << 2);
  const endOfFours = x + (<usize> (count & -4) << 2);
  while (x < endOfFours) {
    const slope = slopeOf(v128.load(x), v128.load(cumulative), table);
    v128.store(dx, f32x4.mul(v128.load(dy), slope));
    x += 16, cumulative += 16, dy += 16, dx += 16;
  }
  while (x < end) {
    const slope = slopeOf(v128.load32_splat(x), v128.load32_splat(cumulative), table);
    v128.store_lane<f32>(dx, f32x4.mul(v128.load32_splat(dy), slope), 0);
    x += 4, cumulative += 4, dy += 4, dx += 4;
  }
}
