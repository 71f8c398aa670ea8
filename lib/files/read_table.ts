/** Tables read back with the types of their columns. */

import { shown } from "../messages/shown.ts";
import { columnName } from "./column_name.ts";
import { parseCsv } from "./csv.ts";
import { readText } from "./read_file.ts";

/** What a column's cells are; `?` allows an empty cell, read as `null`, `NaN` reads it as NaN, and `full` and `init` allow that word. */
export type ColumnType = keyof CellTypes;

interface CellTypes {
  "number": number;
  "number?": number | null;
  "number|NaN": number;
  "number|full": number | "full";
  "number|init": number | "init";
  "boolean?": boolean | null;
  "text": string;
}

/** A row of a table with columns of these types. */
export type TableRow<Columns extends Readonly<Record<string, ColumnType>>> = {
  readonly [Name in keyof Columns]: CellTypes[Columns[Name]];
};

/** Read a CSV file whose header is exactly the columns of the keys given, and each cell of its column's type. */
export async function readTable<const Columns extends Readonly<Record<string, ColumnType>>>(
  path: string,
  columns: Columns,
): Promise<TableRow<Columns>[]> {
  const keys = Object.keys(columns), names = keys.map(columnName);
  const text = await readText(path);
  const header = text.slice(0, text.indexOf("\n")).trim();
  if (header !== names.join(",")) {
    const columns = `the columns ${shown(header)}, not ${names.join(",")}`;
    throw new Error(`${path} has ${columns}; write it again`);
  }
  return parseCsv(text, path).map((row, i) => {
    const cells = keys.map((key, j) => {
      const name = names[j]!;
      const value = parseCell(row[name]!, columns[key]!);
      if (value !== undefined) return [key, value];
      throw new Error(
        `${path}: ${name} in row ${i + 1} is ${shown(row[name])}, not a ${columns[key]}`,
      );
    });
    return Object.fromEntries(cells) as TableRow<Columns>;
  });
}

/** The value of a cell, `undefined` where it is not of the type. */
function parseCell(cell: string, type: ColumnType): number | boolean | string | null | undefined {
  if (type === "text" || (cell !== "" && type === `number|${cell}` && cell !== "NaN")) return cell;
  if (cell === "" && type === "number|NaN") return NaN;
  if (cell === "" && type.endsWith("?")) return null;
  if (type === "boolean?") return cell === "true" ? true : cell === "false" ? false : undefined;
  // Number() takes a blank for 0.
  return cell.trim() !== "" && Number.isFinite(Number(cell)) ? Number(cell) : undefined;
}
