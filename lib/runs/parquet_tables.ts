/** A model's tables as Parquet. */

import type { Cell } from "../files/csv.ts";
import { FileSet } from "../files/file_set.ts";
import { formatParquet, type ParquetType } from "../files/parquet.ts";
import type { ColumnType } from "../files/read_table.ts";
import {
  columnsOfE,
  parquetPaths,
  readModelTables,
  readRecord,
  SAMPLES_COLUMNS,
  SPECTRA_COLUMNS,
} from "./tables.ts";

/** The columns that hold whole numbers. */
const WHOLE = new Set([
  ...["step", "samplesKept", "nullDraws", "edges", "nodes", "selectedNodes", "radii"],
  "alpha0Index",
]);

/**
 * Write a model's tables, which lie under the folder of the results, as Parquet beside them: whole numbers, doubles, booleans
 * and texts as such. Where CSV has an empty cell, NaN is a number that is none, and what a sample lacks is missing.
 *
 * @returns The paths of the files.
 * @throws {Error} If a table is missing or was changed since it was written, saying how to make it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { saveParquetTables } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * const result = await measure("suite:nano-64", { samples: 2, steps: [0, 4096] });
 * await result.save(out);
 * const [path] = await saveParquetTables(out, "nano-64");
 * assert.equal(path, `${out}/emergence/E_nano-64.parquet`);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function saveParquetTables(out: string, model: string): Promise<string[]> {
  const { options } = await readRecord(out, model), tables = await readModelTables(out, model);
  const paths = parquetPaths(out, model);
  const columns = {
    emergence: columnsOfE(options),
    spectra: SPECTRA_COLUMNS,
    samples: SAMPLES_COLUMNS,
  };
  await using files = new FileSet();
  for (const table of ["emergence", "spectra", "samples"] as const) {
    const rows = tables[table].map((row) => ({ ...row }) as Record<string, Cell>);
    const types = Object.entries<ColumnType>(columns[table]).map(([name, type]) => {
      const hasWord = rows.some((row) => typeof row[name] === "string");
      return [name, parquetType(name, type, hasWord)] as const;
    });
    const cells = rows.map((row) => {
      const own = types.map(([name, type]) => [name, type === "text" ? `${row[name]}` : row[name]]);
      return Object.fromEntries(own);
    });
    await files.add(paths[table], formatParquet(Object.fromEntries(types), cells));
  }
  await files.commit();
  return Object.values(paths);
}

/** A column whose cells may be a word holds texts where one is. */
function parquetType(name: string, type: ColumnType, hasWord: boolean): ParquetType {
  if (type === "text" || hasWord) return "text";
  if (type === "boolean?") return "boolean";
  return WHOLE.has(name) || type === "number|full" || type === "number|init" ? "whole" : "number";
}
