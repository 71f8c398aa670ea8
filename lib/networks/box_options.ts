/** How boxes grow, and the bounds on it. */

import { OPTIONS, type OptionValues } from "../options/options.ts";
import { type OptionTable, pick, type ReadOptions, readOptions } from "../options/read_options.ts";

/** Options of box growing, all given. */
export interface BoxOptions extends OptionValues<"minimumEdges" | "digits"> {
  /** Longest edge that counts, before rounding; 150 as published. It is not scale free: see the README. */
  readonly threshold: number;
}

/** The options of box growing, as declared. */
export const BOX_OPTIONS = pick(OPTIONS, ["threshold", "minimumEdges", "digits"]);

/** Read options whose threshold must be a length: there is no run to take medians of. */
export function readBoxOptions<
  const Table extends OptionTable & Pick<typeof OPTIONS, "threshold">,
>(caller: string, table: Table, options: object): ReadOptions<Table> & { threshold: number } {
  const read = readOptions(caller, table, options) as ReadOptions<Table> & { threshold: unknown };
  if (typeof read.threshold === "number") return read as ReadOptions<Table> & { threshold: number };
  throw new RangeError(
    `threshold of ${caller} must be a length such as 150: medians are taken over the networks of a run`,
  );
}

/** Rounded lengths a table of lookup may have, and counts a mass table (1 GiB). */
const MOST_ROUNDED_LENGTHS = 2 ** 24;
const MOST_COUNTS = 2 ** 28;

/** The factor that makes a rounded length an integer; too many rounded lengths are refused. */
export function boxScale(threshold: number, digits: number): number {
  const scale = 10 ** digits;
  if (threshold * scale <= MOST_ROUNDED_LENGTHS) return scale;
  throw new RangeError(
    `threshold ${threshold} at ${digits} digits has more than ${MOST_ROUNDED_LENGTHS} rounded ` +
      `lengths; lower one of the two`,
  );
}

/** How many counts a mass table holds; too many are refused. */
export function countsLength(nodes: number, radii: number, digits: number): number {
  if (nodes * radii <= MOST_COUNTS) return nodes * radii;
  throw new RangeError(
    `${nodes} nodes × ${radii} radii do not fit in a mass table of ${MOST_COUNTS} counts; ` +
      `lower digits (${digits}) or the threshold`,
  );
}
