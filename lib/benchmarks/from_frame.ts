/** Plain rows of a Danfo frame. */
import type { Frame } from "./frame.ts";

/**
 * Take the rows out of a Danfo frame, in its order.
 *
 * @returns A plain object for each row, its columns as keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fromFrame, toFrame } from "neuromfa";
 *
 * const rows = [{ step: 0, E: 0 }, { step: 512, E: 0.25 }];
 * assert.deepEqual(fromFrame(await toFrame(rows)), rows);
 * ```
 */
export function fromFrame(frame: Frame): Record<string, unknown>[] {
  return (frame.values as unknown[][]).map((row) =>
    Object.fromEntries(frame.columns.map((column, i) => [column, row[i]]))
  );
}
