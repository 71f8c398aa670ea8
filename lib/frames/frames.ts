/** Tables as Danfo frames: the only file that names Danfo, which brings some 500 packages. */

// Deferred: it takes a second to load and reads the environment, which who only names a type need not pay.
import defer * as Danfo from "danfojs-node";
import { keyOfColumn } from "../files/column_name.ts";
import { toColumns } from "../tables/columns.ts";
import { htmlTable, type TableRows, textTable } from "../tables/shown_table.ts";

/** Danfo, whose frames show themselves in a notebook as other tables do. */
function loadDanfo(): typeof Danfo {
  Object.defineProperty(Danfo.NDframe.prototype, Symbol.for("Jupyter.display"), {
    configurable: true, // so that defining it once more is no error
    value(this: Danfo.DataFrame | Danfo.Series) {
      const rows = this.$isSeries
        ? seriesRows(this as Danfo.Series)
        : fromFrame(this as Danfo.DataFrame);
      if (rows.length === 0) return { "text/plain": `no row; columns: ${this.columns.join(", ")}` };
      return { "text/html": htmlTable(rows), "text/plain": textTable(rows) };
    },
  });
  return Danfo;
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
 * Danfo is loaded by the first call, which needs `--allow-read` and, for a package below it,
 * `--allow-env=NODE_NDEBUG`. {@linkcode toColumns} makes columns for other packages without it. Numbers stay what they
 * are: the type `float32` that Danfo calls them by rounds nothing.
 *
 * @category Showing and saving
 * @param rows Plain objects with the same keys, at least one, of numbers, texts, booleans and `null`.
 * @throws {RangeError} If there is no row, or one has other keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toFrame } from "neuromfa/frames";
 *
 * const frame = await toFrame([{ step: 0, E: 0 }, { step: 512, E: 0.25 }]);
 * assert.deepEqual(frame.columns, ["step", "E"]);
 * assert.equal(frame.column("E").max(), 0.25);
 * ```
 */
// deno-lint-ignore require-await -- so that callers need not change should loading it take time again
export async function toFrame(rows: readonly object[]): Promise<Frame> {
  const columns = toColumns(rows), names = Object.keys(columns), cells = Object.values(columns);
  const dtypes = cells.map(columnType);
  const values = rows.map((_, i) => cells.map((column) => column[i]));
  const { DataFrame } = loadDanfo();
  return new DataFrame(values, { columns: names, dtypes });
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
 * import { fromFrame, toFrame } from "neuromfa/frames";
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
