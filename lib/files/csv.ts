/** Tables as comma-separated values. */

// @ts-types="@types/d3-dsv"
import { csvFormatRows, csvParseRows } from "d3-dsv";
import { columnName } from "./column_name.ts";

/** A value of a table; NaN and `null` are missing values. */
export type Cell = number | string | boolean | null;

/**
 * Format rows as CSV: a header with the {@linkcode columnName} of each key, then a line each; numbers as their shortest
 * round-trip decimals, a missing value as an empty cell. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front, which {@linkcode parseCsv} takes away.
 */
export function formatCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Partial<Record<Column, Cell>>>[],
): string {
  const lines = rows.map((row, i) =>
    columns.map((column) => {
      const cell = row[column];
      if (cell === undefined) throw new Error(`row ${i} has no value for the column ${column}`);
      // Shortest round-trip decimals are what a number's text is.
      if (typeof cell === "string") return harmless(cell);
      return cell === null || Number.isNaN(cell) ? "" : `${cell}`;
    })
  );
  return `${csvFormatRows([columns.map((key) => harmless(columnName(key))), ...lines])}\n`;
}

/** What spreadsheets take for a formula, with any apostrophes in front so that nothing is lost on the way back. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A text that no spreadsheet calculates. */
function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that {@linkcode harmless} was given. */
function unquoted(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** Parse CSV with a header into rows of text; throws, naming the source, if a line has not as many cells as the header. */
export function parseCsv(text: string, source: string): Record<string, string>[] {
  const [header = [], ...rows] = csvParseRows(text);
  const columns = header.map(unquoted);
  return rows.map((cells, i) => {
    if (cells.length !== columns.length) {
      throw new Error(
        `${source}: row ${i + 1} after the header has ${cells.length} cells, not ${columns.length}`,
      );
    }
    return Object.fromEntries(columns.map((column, j) => [column, unquoted(cells[j]!)]));
  });
}
