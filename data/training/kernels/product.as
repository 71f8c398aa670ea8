/**
 * Products of matrices. Every sum runs over its terms in their order, each product rounded before it is added. That is how
 * XNNPACK sums, which tfjs multiplies with, so the two agree to the bit. product.ts does the same in plain TypeScript.
 */

/** Columns of a panel: two registers of four numbers. */
const PANEL: i32 = 8;

/** Rows of the left matrix that stay in the nearest cache while all panels pass. */
const ROWS_AT_ONCE: i32 = 32;

/** Terms that are summed before the next tile's turn, so that what they come from stays in the cache. */
const TERMS_AT_ONCE: i32 = 256;

/** Shapes: all of both matrices counts. */
export const FULL: i32 = 0;
/** Only what lies on or below the diagonal of the result is wanted; the rest becomes anything. */
export const LOWER_RESULT: i32 = 1;
/** The left matrix has zeros above its diagonal, which need not be multiplied. */
export const LOWER_LEFT: i32 = 2;
/** The left matrix has zeros below its diagonal, which need not be multiplied. */
export const UPPER_LEFT: i32 = 3;

/** Bytes of the panels that {@link product} needs room for. */
export function panelBytes(columns: i32, terms: i32): i32 {
  return min(terms, TERMS_AT_ONCE) * ((columns + PANEL - 1) & -PANEL) * 4;
}

/** Four numbers that are `across` bytes apart. */
@inline
function gathered(from: usize, across: usize): v128 {
  let four = v128.load32_zero(from);
  four = v128.load_lane<f32>(from + across, four, 1);
  four = v128.load_lane<f32>(from + 2 * across, four, 2);
  return v128.load_lane<f32>(from + 3 * across, four, 3);
}

/** Copy the right matrix into panels of 8 columns, `[panel][term][column]`, with zeros beyond the last column. */
function pack(right: usize, step: usize, across: usize, columns: i32, terms: i32, panels: usize): void {
  for (let first = 0; first < columns; first += PANEL) {
    const inside = min(columns - first, PANEL);
    let from = right + <usize> first * across;
    if (inside == PANEL && across == 4) {
      for (let term = 0; term < terms; term++) {
        v128.store(panels, v128.load(from));
        v128.store(panels, v128.load(from, 16), 16);
        panels += 32;
        from += step;
      }
    } else if (inside == PANEL) {
      for (let term = 0; term < terms; term++) {
        v128.store(panels, gathered(from, across));
        v128.store(panels, gathered(from + 4 * across, across), 16);
        panels += 32;
        from += step;
      }
    } else {
      for (let term = 0; term < terms; term++) {
        for (let column = 0; column < PANEL; column++) {
          store<f32>(
            panels + (<usize> column << 2),
            column < inside ? load<f32>(from + <usize> column * across) : 0,
          );
        }
        panels += 32;
        from += step;
      }
    }
  }
}

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

/** 8 numbers of which the first `columns` are loaded: here the first or the second four of them. */
@inline
function loadFour(from: usize, columns: i32): v128 {
  if (columns >= 4) return v128.load(from);
  let four = f32x4.splat(0);
  if (columns > 0) four = v128.load_lane<f32>(from, four, 0);
  if (columns > 1) four = v128.load_lane<f32>(from, four, 1, 4);
  if (columns > 2) four = v128.load_lane<f32>(from, four, 2, 8);
  return four;
}

/** One tile of up to 4 rows by 8 columns. */
function tile(
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

/**
 * `result = left · right + bias`; `result` is `[rows, columns]`, and either operand may lie transposed.
 *
 * @param left Row `i` of it begins at `left + i · down`, and its terms are `step` bytes apart.
 * @param right Column `j` of it begins at `right + j · across`, and its terms are `rightStep` bytes apart.
 * @param width Bytes between rows of the result.
 * @param bias A number for every column, or 0 for none.
 * @param panels Room for {@link panelBytes}.
 * @param shape What need not be computed. A zero left out of a sum doesn't change it: sums begin at 0, so none is -0.
 */
export function product(
  left: usize,
  down: usize,
  step: usize,
  right: usize,
  across: usize,
  rightStep: usize,
  result: usize,
  width: usize,
  rows: i32,
  columns: i32,
  terms: i32,
  bias: usize,
  panels: usize,
  shape: i32,
): void {
  for (let term = 0; term < terms; term += TERMS_AT_ONCE) {
    const some = min(terms - term, TERMS_AT_ONCE);
    const last = term + some == terms;
    pack(right + <usize> term * rightStep, rightStep, across, columns, some, panels);
    for (let block = 0; block < rows; block += ROWS_AT_ONCE) {
      const end = min(rows, block + ROWS_AT_ONCE);
      let panel = panels;
      for (let column = 0; column < columns; column += PANEL) {
        for (let row = block; row < end; row += 4) {
          if (shape == LOWER_RESULT && column > row + 3) continue;
          const first = shape == UPPER_LEFT ? min(max(row - term, 0), some) : 0;
          const stop = shape == LOWER_LEFT ? min(max(row + 4 - term, 0), some) : some;
          tile(
            left + <usize> row * down + <usize> (term + first) * step,
            down,
            step,
            panel + (<usize> first << 5),
            result + <usize> row * width + (<usize> column << 2),
            width,
            min(4, end - row),
            min(PANEL, columns - column),
            stop - first,
            term > 0,
            last && bias ? bias + (<usize> column << 2) : 0,
          );
        }
        panel += <usize> some << 5;
      }
    }
  }
}
