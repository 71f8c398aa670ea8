/** Which stored rows of a fused query–key–value matrix belong to a neuron. */

import type { HeadGroups } from "./architecture.ts";
import type { QueryKeyValueLayout } from "../options/values.ts";

/**
 * The stored row of a neuron's query (part 0), key (part 1) or value (part 2).
 *
 * @param layout Whose reading of the rows to take.
 * @param part 0, 1 or 2.
 * @param neuron From 0 to h - 1; in `per-head`, k·(h / heads) + i is neuron i of head k.
 * @param sizes Hidden size h and number of heads.
 * @throws {Error} for `per-head` if the number of heads is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { queryKeyValueRow } from "neuromfa/checkpoints";
 *
 * const sizes = { hidden: 8, heads: 2 };
 * assert.equal(queryKeyValueRow("reference", 1, 5, sizes), 13);
 * assert.equal(queryKeyValueRow("per-head", 1, 5, sizes), 17); // the second head's second key
 * ```
 */
export function queryKeyValueRow(
  layout: QueryKeyValueLayout,
  part: 0 | 1 | 2,
  neuron: number,
  { hidden, heads }: { readonly hidden: number; readonly heads: number | null },
): number {
  if (layout === "reference") return part * hidden + neuron;
  if (heads === null) {
    throw new Error(
      'qkv "per-head" needs the number of heads: put a config.json with num_attention_heads ' +
        'beside the weights, or choose "reference"',
    );
  }
  const headSize = hidden / heads;
  const head = Math.floor(neuron / headSize);
  return (3 * head + part) * headSize + neuron % headSize;
}

/**
 * The stored row of a neuron of a fused matrix that is stored group by group: for each key that heads share the queries of
 * those heads, the key, and the value.
 *
 * @param neuron The neuron in its layer: all queries first, then all keys, then all values.
 * @param rows How many rows the matrix has.
 */
export function groupedRow(
  neuron: number,
  rows: number,
  { sharing, headSize }: HeadGroups,
): number {
  const group = (sharing + 2) * headSize;
  const keys = rows / group * headSize, queries = keys * sharing;
  if (neuron < queries) {
    const [own, inside] = [
      Math.floor(neuron / (sharing * headSize)),
      neuron % (sharing * headSize),
    ];
    return own * group + inside;
  }
  const part = Math.floor((neuron - queries) / keys), shared = (neuron - queries) % keys;
  const place = (sharing + part) * headSize + shared % headSize;
  return Math.floor(shared / headSize) * group + place;
}
