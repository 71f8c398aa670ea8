/** Networks in which every node has an edge to every other, as long as the two are apart. */

import type { NeuronInteractionNetwork } from "./network.ts";

/** A gigabyte of lengths. */
export const MOST_EDGES: number = 2 ** 27;

/** Make a network of nodes of one kind from the lengths of each node's edges. */
export function networkOfLengths(
  name: string,
  rows: readonly Float64Array[],
): NeuronInteractionNetwork {
  const offsets = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) offsets[i + 1] = offsets[i]! + row.length;
  const lengths = new Float64Array(offsets[rows.length]!);
  for (const [i, row] of rows.entries()) lengths.set(row, offsets[i]);
  return {
    nodeIds: Int32Array.from(rows, (_, i) => i),
    nodeLayers: new Uint16Array(rows.length),
    layers: [{ name, role: name, block: 0, size: rows.length, learned: true }],
    offsets,
    lengths,
  };
}

/** Refuse a network that would not fit in memory. */
export function checkEdges(what: string, edges: number, advice: string): void {
  if (edges <= MOST_EDGES) return;
  throw new RangeError(`${what} has ${edges} edges, more than ${MOST_EDGES}; ${advice}`);
}
