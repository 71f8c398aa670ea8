/** Makes networks out of plain lists of lengths, for tests. */

import type { NeuronInteractionNetwork } from "../../lib/networks/network.ts";

/** A network of one layer whose node i has the lengths `rows[i]`. */
export function networkOf(rows: readonly number[][]): NeuronInteractionNetwork {
  const offsets = [0];
  for (const row of rows) offsets.push(offsets.at(-1)! + row.length);
  return {
    nodeIds: Int32Array.from(rows, (_, i) => i),
    nodeLayers: new Uint16Array(rows.length),
    layers: [{ name: "layer", block: 0, role: "layer", size: rows.length, learned: true }],
    offsets: Uint32Array.from(offsets),
    lengths: Float64Array.from(rows.flat()),
  };
}
