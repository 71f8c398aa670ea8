/** A table as HTML, for a notebook. */

import { tableCells, type TableRows } from "./table_cells.ts";

/** The HTML of a table; every text in it is escaped. */
export function htmlTable(table: TableRows): string {
  const { columns, rows, numeric, omitted } = tableCells(table);
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${
      cells.map((cell, i) =>
        `<${tag} style="text-align:${numeric[i] ? "right" : "left"}">${escape(cell)}</${tag}>`
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

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
