/** A table as HTML, for a notebook. */

import { printable } from "../messages/shown.ts";
import { columnName } from "../files/column_name.ts";
import { inspected } from "./inspected.ts";

/** The HTML of a table; every text in it is escaped. */
export function htmlTable(table: TableRows): string {
  const { columns, rows, numeric, omitted } = tableCells(table);
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${
      cells.map((cell, i) =>
        `<${tag} style="text-align:${numeric[i] ? "right" : "left"}">${escapeHtml(cell)}</${tag}>`
      ).join("")
    }</tr>`;
  const rest = omitted > 0
    ? [`<tr><td colspan="${columns.length}">… ${omitted} more rows</td></tr>`]
    : [];
  return [
    "<table>",
    `<thead>${row("th", columns)}</thead>`,
    "<tbody>",
    ...rows.map((cells) => row("td", cells)),
    ...rest,
    "</tbody>",
    "</table>",
    "",
  ].join("\n");
}

/** The text with the characters that HTML takes for markup written as references, for an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The table in columns of a fixed-width font, numbers to the right, without a line end. */
export function textTable(table: TableRows): string {
  const { numeric, omitted, ...text } = tableCells(table);
  const columns = text.columns.map(printable);
  const rows = text.rows.map((cells) => cells.map(printable));
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...rows.map((cells) => cells[i]!.length))
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => numeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))
      .join("  ").trimEnd();
  const lines = [line(columns), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)];
  if (omitted > 0) lines.push(`… ${omitted} more rows`);
  return lines.join("\n");
}

/** Rows of a table: plain objects whose keys are the columns, in camelCase. */
export type TableRows = readonly Readonly<Record<string, unknown>>[];

/** Most rows that a shown table has; more than a reader takes in. */
const MOST_ROWS = 60;

/** Whether a value is a non-empty array of plain objects. */
export function isTable(value: unknown): value is TableRows {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The columns of a table in the order met, its first 60 rows as text, which columns hold numbers alone and so stand to the
 * right, and how many rows are left out; numbers have six significant digits at most, what is absent is empty.
 */
export function tableCells(rows: TableRows) {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const absent = (value: unknown) => value === null || value === undefined;
  return {
    columns: keys.map(columnName),
    rows: rows.slice(0, MOST_ROWS).map((row) => keys.map((key) => cellText(row[key]))),
    numeric: keys.map((key) =>
      rows.every((row) => absent(row[key]) || typeof row[key] === "number")
    ),
    omitted: Math.max(0, rows.length - MOST_ROWS),
  };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value !== "number") return inspected(value);
  return Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(6))}`;
}
