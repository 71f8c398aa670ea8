/** Some columns of stored rows, laid out as the kernel counts them. */

import type { StoredItems } from "../../checkpoints/decode_values.ts";
import { LANES } from "./count_layout.ts";

/** Where gathered columns are put. */
export interface ColumnGroups {
  /** [groups × rows × lanes]: the columns of one group after another. */
  readonly items: StoredItems;
  /** How many rows there is room for. */
  readonly rows: number;
}

/**
 * Take some columns of whole rows, {@linkcode LANES} columns a group, and put them into their
 * groups from the row `first` on. Eight are taken at a time: their places stay in registers while
 * the rows go by.
 */
export function gatherColumns(
  stored: StoredItems,
  columns: number,
  wanted: Int32Array,
  { items, rows }: ColumnGroups,
  first: number,
): void {
  const eights = wanted.length - wanted.length % 8;
  for (let j = 0; j < eights; j += 8) {
    const a = wanted[j]!, b = wanted[j + 1]!, c = wanted[j + 2]!, d = wanted[j + 3]!;
    const e = wanted[j + 4]!, f = wanted[j + 5]!, g = wanted[j + 6]!, h = wanted[j + 7]!;
    let to = placeOf(j, rows, first);
    for (let start = 0; start < stored.length; start += columns, to += LANES) {
      items[to] = stored[start + a]!;
      items[to + 1] = stored[start + b]!;
      items[to + 2] = stored[start + c]!;
      items[to + 3] = stored[start + d]!;
      items[to + 4] = stored[start + e]!;
      items[to + 5] = stored[start + f]!;
      items[to + 6] = stored[start + g]!;
      items[to + 7] = stored[start + h]!;
    }
  }
  for (let j = eights; j < wanted.length; j++) {
    let to = placeOf(j, rows, first);
    for (let k = wanted[j]!; k < stored.length; k += columns, to += LANES) items[to] = stored[k]!;
  }
}

function placeOf(column: number, rows: number, row: number): number {
  const lane = column % LANES;
  return ((column - lane) / LANES * rows + row) * LANES + lane;
}
