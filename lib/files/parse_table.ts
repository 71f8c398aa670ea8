/** Tables read back as they were written. */
import { parseCsv } from "./csv.ts";

/** What a column holds. */
export type ColumnType = "number" | "text";

/** A row of a table with such columns; a missing number is NaN. */
export type TableRow<Columns extends Readonly<Record<string, ColumnType>>> = {
  readonly [Name in keyof Columns]: Columns[Name] extends "number" ? number : string;
};

/**
 * Parse CSV with a header into rows of numbers and text, as `formatCsv` writes them; other columns are left out.
 *
 * @param text The table.
 * @param source Where it is from, for the message.
 * @param columns What each column holds, by its name.
 * @throws {Error} If a column is missing, or a cell of a column of numbers holds none.
 */
export function parseTable<const Columns extends Readonly<Record<string, ColumnType>>>(
  text: string,
  source: string,
  columns: Columns,
): TableRow<Columns>[] {
  return parseCsv(text, source).map((row, i) => {
    const cells = Object.entries(columns).map(([name, type]) => {
      const cell = row[name];
      if (cell === undefined) {
        throw new Error(`${source} has no column ${name}; columns: ${Object.keys(row).join(", ")}`);
      }
      if (type === "text") return [name, cell];
      const value = cell === "" ? NaN : Number(cell);
      if (Number.isNaN(value) && cell !== "") {
        throw new Error(
          `${source}: ${name} in row ${i + 1} after the header is "${cell}", not a number`,
        );
      }
      return [name, value];
    });
    return Object.fromEntries(cells) as TableRow<Columns>;
  });
}
