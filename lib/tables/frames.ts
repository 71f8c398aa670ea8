/** Danfo, loaded when it is first needed. */

import type * as Danfo from "danfojs-node";
import { columnName, keyOfColumn } from "../files/column_name.ts";
import { htmlTable, type TableRows, textTable } from "./shown_table.ts";
import { someNames } from "../messages/shown.ts";

/**
 * Load Danfo and have its frames show themselves in a notebook as other tables do.
 *
 * It needs `--allow-read` and, for a package below it, `--allow-env=NODE_NDEBUG`.
 */
export async function loadDanfo(): Promise<typeof Danfo> {
  // Not written out in `import()`: Deno would fetch it, with its tfjs 370 MB, for any program elsewhere that imports this.
  // Elsewhere there is no import map either, so it has its whole name.
  const name = "npm:danfojs-node@1.1.2";
  const danfo = await import(name) as typeof Danfo;
  Object.defineProperty(danfo.NDframe.prototype, Symbol.for("Jupyter.display"), {
    configurable: true, // so that defining it once more is no error
    value(this: Danfo.DataFrame | Danfo.Series) {
      const rows = this.$isSeries
        ? seriesRows(this as Danfo.Series)
        : fromFrame(this as Danfo.DataFrame);
      if (rows.length === 0) return { "text/plain": `no row; columns: ${this.columns.join(", ")}` };
      return { "text/html": htmlTable(rows), "text/plain": textTable(rows) };
    },
  });
  return danfo;
}

function seriesRows(series: Danfo.Series): TableRows {
  const name = String(series.columns[0]);
  return Array.from(series.values as ArrayLike<unknown>, (value) => ({ [name]: value }));
}

/** A frame of the package danfojs-node, 1.1.2. */
export type Frame = Danfo.DataFrame;

/**
 * Put rows into a Danfo frame, whose columns are the keys in snake_case, and which shows itself in a notebook as other tables do.
 *
 * Danfo is loaded, and where it is not there yet downloaded, by the first call, which needs `--allow-read` and
 * `--allow-env=NODE_NDEBUG`. Numbers stay what they are: the
 * type `float32` that Danfo calls them by rounds nothing.
 *
 * @category Showing and saving
 * @param rows Plain objects with the same keys, at least one, of numbers, texts, booleans and `null`.
 * @throws {RangeError} If there is no row, or one has other keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toFrame } from "neuromfa";
 *
 * const frame = await toFrame([{ step: 0, E: 0 }, { step: 512, E: 0.25 }]);
 * assert.deepEqual(frame.columns, ["step", "E"]);
 * assert.equal(frame.column("E").max(), 0.25);
 * ```
 */
export async function toFrame(rows: readonly object[]): Promise<Frame> {
  if (rows.length === 0) throw new RangeError("a frame needs a row to take columns from");
  const keys = Object.keys(rows[0]!);
  const values = rows.map((row, i) => {
    const names = Object.keys(row);
    if (names.length !== keys.length || !keys.every((name) => Object.hasOwn(row, name))) {
      throw new RangeError(
        `row ${i} has the columns ${someNames(names.map(columnName))}, not ${
          someNames(keys.map(columnName))
        } as the first has`,
      );
    }
    return keys.map((name) => (row as Readonly<Record<string, unknown>>)[name]);
  });
  const columns = keys.map(columnName);
  const dtypes = columns.map((_, i) => columnType(values.map((row) => row[i])));
  const { DataFrame } = await loadDanfo();
  return new DataFrame(values, { columns, dtypes });
}

/** Danfo guesses from the first rows; this looks at all of them. */
function columnType(values: readonly unknown[]): string {
  const present = values.filter((value) => value !== null && value !== undefined);
  if (present.length > 0 && present.every((value) => typeof value === "boolean")) return "boolean";
  if (present.some((value) => typeof value !== "number")) return "string";
  return present.length === values.length && present.every(Number.isInteger) ? "int32" : "float32";
}

/**
 * Take the rows out of a Danfo frame, in its order.
 *
 * @returns A plain object for each row; its keys are the columns in camelCase, as rows have them everywhere in code.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toFrame } from "neuromfa";
 * import { fromFrame } from "neuromfa/statistics";
 *
 * const rows = [{ step: 0, E: 0 }, { step: 512, E: 0.25 }];
 * assert.deepEqual(fromFrame(await toFrame(rows)), rows);
 * ```
 */
export function fromFrame(frame: Frame): Record<string, unknown>[] {
  return (frame.values as unknown[][]).map((row) =>
    Object.fromEntries(frame.columns.map((column, i) => [keyOfColumn(column), row[i]]))
  );
}
