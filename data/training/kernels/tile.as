/** The innermost loop of a product. */

import { PANEL } from "./panels";

/** Store the first `columns` of 8 numbers. */
@inline
function storeRow(to: usize, low: v128, high: v128, columns: i32): void {
  if (columns == PANEL) {
    v128.store(to, low);
    v128.store(to, high, 16);
  } else {
    if (columns > 0) v128.store_lane<f32>(to, low, 0);
    if (columns > 1) v128.store_lane<f32>(to, low, 1, 4);
    if (columns > 2) v128.store_lane<f32>(to, low, 2, 8);
    if (columns > 3) v128.store_lane<f32>(to, low, 3, 12);
    if (columns > 4) v128.store_lane<f32>(to, high, 0, 16);
    if (columns > 5) v128.store_lane<f32>(to, high, 1, 20);
    if (columns > 6) v128.store_lane<f32>(to, high, 2, 24);
  }
}

/** The first `columns` of four numbers. */
@inline
function loadFour(from: usize, columns: i32): v128 {
  if (columns >= 4) return v128.load(from);
  let four = f32x4.splat(0);
  if (columns > 0) four = v128.load_lane<f32>(from, four, 0);
  if (columns > 1) four = v128.load_lane<f32>(from, four, 1, 4);
  if (columns > 2) four = v128.load_lane<f32>(from, four, 2, 8);
  return four;
}

/**
 * One tile of a product, of up to 4 rows by 8 columns.
 *
 * @param goOn Whether the sums begin with what the result holds, and not with 0.
 * @param bias What is added to every row at last, or 0 for nothing.
 */
export function tile(
  left: usize,
  down: usize,
  step: usize,
  panel: usize,
  result: usize,
  width: usize,
  rows: i32,
  columns: i32,
  terms: i32,
  goOn: bool,
  bias: usize,
): void {
  // Rows that aren't there are the last one again; they are not stored.
  let left0 = left;
  let left1 = left0 + (rows > 1 ? down : 0);
  let left2 = left1 + (rows > 2 ? down : 0);
  let left3 = left2 + (rows > 3 ? down : 0);
  const result1 = result + (rows > 1 ? width : 0);
  const result2 = result1 + (rows > 2 ? width : 0);
  const result3 = result2 + (rows > 3 ? width : 0);
  let low0 = f32x4.splat(0), high0 = f32x4.splat(0);
  let low1 = f32x4.splat(0), high1 = f32x4.splat(0);
  let low2 = f32x4.splat(0), high2 = f32x4.splat(0);
  let low3 = f32x4.splat(0), high3 = f32x4.splat(0);
  if (goOn) {
    low0 = loadFour(result, columns), high0 = loadFour(result + 16, columns - 4);
    low1 = loadFour(result1, columns), high1 = loadFour(result1 + 16, columns - 4);
    low2 = loadFour(result2, columns), high2 = loadFour(result2 + 16, columns - 4);
    low3 = loadFour(result3, columns), high3 = loadFour(result3 + 16, columns - 4);
  }
  const end = panel + (<usize> terms << 5);
  while (panel < end) {
    const low = v128.load(panel), high = v128.load(panel, 16);
    const one0 = v128.load32_splat(left0);
    low0 = f32x4.add(low0, f32x4.mul(one0, low));
    high0 = f32x4.add(high0, f32x4.mul(one0, high));
    const one1 = v128.load32_splat(left1);
    low1 = f32x4.add(low1, f32x4.mul(one1, low));
    high1 = f32x4.add(high1, f32x4.mul(one1, high));
    const one2 = v128.load32_splat(left2);
    low2 = f32x4.add(low2, f32x4.mul(one2, low));
    high2 = f32x4.add(high2, f32x4.mul(one2, high));
    const one3 = v128.load32_splat(left3);
    low3 = f32x4.add(low3, f32x4.mul(one3, low));
    high3 = f32x4.add(high3, f32x4.mul(one3, high));
    left0 += step;
    left1 += step;
    left2 += step;
    left3 += step;
    panel += 32;
  }
  if (bias) {
    const low = loadFour(bias, columns), high = loadFour(bias + 16, columns - 4);
    low0 = f32x4.add(low0, low), high0 = f32x4.add(high0, high);
    low1 = f32x4.add(low1, low), high1 = f32x4.add(high1, high);
    low2 = f32x4.add(low2, low), high2 = f32x4.add(high2, high);
    low3 = f32x4.add(low3, low), high3 = f32x4.add(high3, high);
  }
  storeRow(result, low0, high0, columns);
  if (rows > 1) storeRow(result1, low1, high1, columns);
  if (rows > 2) storeRow(result2, low2, high2, columns);
  if (rows > 3) storeRow(result3, low3, high3, columns);
}
