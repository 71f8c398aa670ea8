/** A table as text, for a terminal or a notebook shown without HTML. */

import { tableCells, type TableRows } from "./table_cells.ts";
import { printable } from "../messages/printable.ts";

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
