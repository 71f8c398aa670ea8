/** A Danfo frame of plain rows. */
import type { Frame } from "./frame.ts";
import { loadDanfo } from "./danfo.ts";
import { someNames } from "../messages/some_names.ts";

/**
 * Put rows into a Danfo frame, which shows itself in a notebook as other tables do.
 *
 * Danfo is loaded, and where it is not there yet downloaded, by the first call, which needs `--allow-read` and
 * `--allow-env=NODE_NDEBUG`. Numbers stay what they are: the
 * type `float32` that Danfo calls them by rounds nothing.
 *
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
  const columns = Object.keys(rows[0]!);
  const values = rows.map((row, i) => {
    const names = Object.keys(row);
    if (names.length !== columns.length || !columns.every((name) => Object.hasOwn(row, name))) {
      throw new RangeError(
        `row ${i} has the columns ${someNames(names)}, not ${someNames(columns)} as the first has`,
      );
    }
    return columns.map((name) => (row as Readonly<Record<string, unknown>>)[name]);
  });
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
