/** A table as HTML, for a notebook. */

import { tableCells, type TableRows } from "./table_cells.ts";
import { printable } from "../messages/shown.ts";

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
