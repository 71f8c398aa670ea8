/** Numbers of `results/tables` in a text, named by table, row and column. */

import { join } from "node:path";
import { csvParse } from "d3-dsv";
import { shown } from "../../lib/messages/shown.ts";

/** `{{table: column value, column}}`, and `{{table: column value & column value, column, digits}}`. */
const PLACE = /\{\{(\w+): ([^{},]+), ([^{}]+?)(?:, (\d))?\}\}/g;

/**
 * Puts numbers in the places of a text that name them: `{{first_look_thresholds: medians 2.8, E}}` is E of the row whose
 * `medians` is 2.8, with two digits.
 *
 * @param results The folder `results/`.
 * @throws {Error} If there is no such table, column or row, or more rows than one.
 */
export async function fillNumbers(text: string, results: string): Promise<string> {
  // A place may be wrapped over two lines.
  text = text.replaceAll(/\{\{[^{}]*\}\}/g, (place) => place.replaceAll(/\s+/g, " "));
  const tables = new Map<string, readonly Readonly<Record<string, string>>[]>();
  for (const [, table] of text.matchAll(PLACE)) {
    const path = join(results, "tables", `${table}.csv`);
    tables.set(table!, csvParse(await Deno.readTextFile(path)));
  }
  const filled = text.replaceAll(PLACE, (place, table, wanted, column, digits = "2") => {
    const conditions = wanted.split(" & ").map((part: string) => /^(.+) (\S+)$/.exec(part));
    const rows = tables.get(table)!.filter((row) =>
      conditions.every((match: string[] | null) => match !== null && row[match[1]!] === match[2])
    );
    if (rows.length !== 1) {
      throw new Error(`${place} names ${rows.length} rows of ${table}.csv; name one`);
    }
    const value = Number(rows[0]![column] || NaN);
    if (!Number.isFinite(value)) {
      throw new Error(`${place} is ${shown(rows[0]![column])}, not a number; name another column`);
    }
    return value.toFixed(Number(digits)).replace("-", "−");
  });
  const [left] = /\{\{.*?\}\}/.exec(filled) ?? [];
  if (left !== undefined) throw new Error(`${left} does not read {{table: column value, column}}`);
  return filled;
}
