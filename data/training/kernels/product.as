/**
 * Products of matrices. Every sum runs over its terms in their order, each rounded before it is
 * added. That is how XNNPACK sums, which tfjs multiplies with, so the two agree to the bit.
 * product_plain.ts does the same in plain TypeScript.
 */

import { pack, PANEL } from "./panels";
import { tile } from "./tile";

/** Rows of the left matrix that stay in the nearest cache while all panels pass. */
const ROWS_AT_ONCE: i32 = 32;

/** Terms that are summed before the next tile's turn, so that their factors stay in the cache. */
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

/**
 * `result = left · right + bias`; `result` is `[rows, columns]`, and either factor may lie
 * transposed.
 *
 * @param left Row `i` of it begins at `left + i · down`, and its terms are `step` bytes apart.
 * @param right Column `j` of it begins at `right + j · across`, and its terms are `rightStep` bytes
 * apart.
 * @param width Bytes between rows of the result.
 * @param bias A number for every column, or 0 for none.
 * @param panels Room for {@link panelBytes}.
 * @param shape What need not be computed. A zero left out of a sum doesn't change it: sums begin at
 * 0, so none is -0.
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
