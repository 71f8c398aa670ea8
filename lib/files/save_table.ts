/** A table on disk. */

import { type Cell, formatCsv } from "./csv.ts";
import { writeWholeFile } from "./write_whole_file.ts";

/**
 * Write rows as a CSV file, whole or not at all; the keys of the first row are the columns, `samplesKept` as
 * `samples_kept`.
 *
 * @category Showing and saving
 * @param rows Rows as objects, at least one; numbers are written as shortest round-trip decimals, NaN and `null` as
 * empty cells.
 * @param path Where the file goes, e.g. `results/tables/thresholds.csv`.
 * @throws {Error} If there is no row, or a row lacks a column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { saveTable } from "neuromfa";
 *
 * const folder = await Deno.makeTempDir();
 * await saveTable([{ step: 0, E: 0 }, { step: 512, E: 0.25 }], `${folder}/E.csv`);
 * assert.equal(await Deno.readTextFile(`${folder}/E.csv`), "step,E\n0,0\n512,0.25\n");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function saveTable<Row extends Readonly<Partial<Record<keyof Row, Cell>>>>(
  rows: readonly Row[],
  path: string,
): Promise<void> {
  if (rows.length === 0) {
    throw new Error(`${path} cannot be written: the table has no row to take columns from`);
  }
  await writeWholeFile(path, formatCsv(Object.keys(rows[0]!) as (keyof Row & string)[], rows));
}
