/** Join ranges of rows that follow one another, so that each run of rows is one read. */

import type { RowRange } from "./checkpoint.ts";

/** The same rows in the same order in as few ranges as possible; empty ranges are left out. */
export function mergeAdjacentRows(ranges: readonly RowRange[]): RowRange[] {
  const merged: RowRange[] = [];
  for (const { start, end } of ranges) {
    if (start === end) continue;
    const last = merged.at(-1);
    if (last?.end === start) merged[merged.length - 1] = { start: last.start, end };
    else merged.push({ start, end });
  }
  return merged;
}
