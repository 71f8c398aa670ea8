/** A table of numbers with all their digits. */

/// <reference lib="dom" />

import { columnName } from "../../files/column_name.ts";
import type { Cell } from "../../files/csv.ts";
import { element } from "./elements.ts";

/** Rows of a table, all with the same keys. */
export type NumberRows = readonly Readonly<Record<string, Cell>>[];

/** Most rows of a table that a page shows; the CSV file has all. */
const MOST_ROWS = 500;

/** A table with a caption, in a box that scrolls; numbers have the digits that make them what they are. */
export function numberTable(rows: NumberRows, caption: string): HTMLElement {
  const keys = Object.keys(rows[0] ?? {});
  const table = element(
    "table",
    {},
    element(
      "caption",
      {},
      rows.length > MOST_ROWS ? `${caption} (first ${MOST_ROWS} of ${rows.length} rows)` : caption,
    ),
    element(
      "thead",
      {},
      element("tr", {}, ...keys.map((key) => element("th", { scope: "col" }, columnName(key)))),
    ),
    element(
      "tbody",
      {},
      ...rows.slice(0, MOST_ROWS).map((row) =>
        element(
          "tr",
          {},
          ...keys.map((key, i) => {
            const text = cellText(row[key] ?? null);
            return i === 0 ? element("th", { scope: "row" }, text) : element("td", {}, text);
          }),
        )
      ),
    ),
  );
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    table,
  );
}

/** A cell as text; a number that is missing is an empty cell, as in CSV. */
export function cellText(cell: Cell): string {
  return cell === null || Number.isNaN(cell) ? "" : `${cell}`;
}
