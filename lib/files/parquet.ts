/** Tables as Parquet, which keeps the type of every column. */

import defer * as writer from "hyparquet-writer";
import type { Cell } from "./csv.ts";
import { columnName } from "./column_name.ts";

/** What a column of a Parquet file holds. */
export type ParquetType = "whole" | "number" | "boolean" | "text";

const TYPES = { whole: "INT64", number: "DOUBLE", boolean: "BOOLEAN", text: "STRING" } as const;

/**
 * Format rows as a Parquet file: a column with the {@linkcode columnName} of each key, doubles to the last bit. NaN stays NaN,
 * and `null` is a missing value.
 *
 * @throws {Error} If a cell is not of its column's type.
 */
export function formatParquet<Column extends string>(
  columns: Readonly<Record<Column, ParquetType>>,
  rows: readonly Readonly<Partial<Record<Column, Cell>>>[],
): Uint8Array<ArrayBuffer> {
  const columnData = (Object.entries(columns) as [Column, ParquetType][]).map(([key, type]) => {
    const name = columnName(key);
    const data = rows.map((row, i) => {
      const cell = row[key] ?? null;
      if (cell !== null && !fits(cell, type)) {
        throw new Error(`row ${i} has ${cell} in the column ${name}, which is of type ${type}`);
      }
      return type === "whole" && cell !== null ? BigInt(cell) : cell;
    });
    return { name, type: TYPES[type], nullable: true, data };
  });
  // Of columns with NaN a smallest value means nothing.
  const bytes = writer.parquetWriteBuffer({ columnData, statistics: false, createdBy: "neuromfa" });
  return new Uint8Array(bytes);
}

function fits(cell: number | string | boolean, type: ParquetType): boolean {
  if (type === "whole") return Number.isSafeInteger(cell);
  if (type === "number") return typeof cell === "number";
  if (type === "boolean") return typeof cell === "boolean";
  return typeof cell === "string";
}
