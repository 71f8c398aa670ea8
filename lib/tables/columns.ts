/** A table column by column, as packages for tables take it. */

import { columnName } from "../files/column_name.ts";
import { someNames } from "../messages/shown.ts";

/**
 * The columns of a table: an object whose keys are the columns in snake_case and whose values are arrays, one cell a row.
 *
 * Arquero's `table`, Plot, Polars and Arrow take such an object as it is. Cells stay what they are: NaN is NaN, and
 * `null` is `null`.
 *
 * @category Showing and saving
 * @param rows Plain objects with the same keys, at least one.
 * @throws {RangeError} If there is no row, one has other keys, or two keys are the same column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toColumns } from "neuromfa";
 *
 * const columns = toColumns([{ step: 0, eLow: NaN }, { step: 512, eLow: 0.25 }]);
 * assert.deepEqual(columns, { step: [0, 512], E_low: [NaN, 0.25] });
 * ```
 */
export function toColumns(rows: readonly object[]): Record<string, unknown[]> {
  if (rows.length === 0) throw new RangeError("a table needs a row to take columns from");
  const keys = Object.keys(rows[0]!), names = keys.map(columnName);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new RangeError(
      `two keys are the column ${someNames([twice])}; name one of them otherwise`,
    );
  }
  rows.forEach((row, i) => {
    const own = Object.keys(row);
    if (own.length === keys.length && keys.every((key) => Object.hasOwn(row, key))) return;
    throw new RangeError(
      `row ${i} has the columns ${someNames(own.map(columnName))}, not ${
        someNames(names)
      } as the first has`,
    );
  });
  const cells = rows as readonly Readonly<Record<string, unknown>>[];
  return Object.fromEntries(keys.map((key, i) => [names[i]!, cells.map((row) => row[key])]));
}
