/** Where a map of numbers changes its sign. */

import type { CellBoundary } from "../heat_map.ts";

/** Breadths in pixels of a line between numbers that differ as printed, and between two that both print as 0. */
const [broad, thin] = [2, 0.75];

/**
 * The edges between neighbouring cells of opposite sign. A 0 or NaN has no sign.
 *
 * @param at The value at a column and row; `undefined` where there is no cell.
 * @param columns Number of columns.
 * @param rows Number of rows.
 * @param printed The least size that does not print as 0.
 */
export function signChanges(
  at: (column: number, row: number) => number | undefined,
  columns: number,
  rows: number,
  printed = 0.005,
): CellBoundary[] {
  const lines: CellBoundary[] = [];
  const compare = (here: number, there: number, x1: number, y1: number, x2: number, y2: number) => {
    if (!(here * there < 0)) return;
    const width = Math.max(Math.abs(here), Math.abs(there)) >= printed ? broad : thin;
    lines.push({ x1, y1, x2, y2, width });
  };
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const here = at(column, row) ?? NaN;
      const [right, top] = [column + 1, row + 1];
      compare(here, at(right, row) ?? NaN, right, row, right, top);
      compare(here, at(column, top) ?? NaN, column, top, right, top);
    }
  }
  return lines;
}
