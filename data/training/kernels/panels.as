/** The right matrix of a product, in the order in which it is read. */

/** Columns of a panel: two registers of four numbers. */
export const PANEL: i32 = 8;

/** Four numbers that are `across` bytes apart. */
@inline
function gathered(from: usize, across: usize): v128 {
  let four = v128.load32_zero(from);
  four = v128.load_lane<f32>(from + across, four, 1);
  four = v128.load_lane<f32>(from + 2 * across, four, 2);
  return v128.load_lane<f32>(from + 3 * across, four, 3);
}

/**
 * Copy the right matrix of a product into panels, `[panel][term][column]`, with zeros beyond the
 * last column. Its columns are `across` bytes apart, its terms `step`.
 */
export function pack(
  right: usize,
  step: usize,
  across: usize,
  columns: i32,
  terms: i32,
  panels: usize,
): void {
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
