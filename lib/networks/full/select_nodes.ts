/** From histograms of all neurons to the masses of the selected nodes. */

import type { LayerSelection, MassTable } from "../mass_table.ts";
import type { LayerCounts } from "./full_network_parts.ts";
import type { LengthBins } from "./length_bins.ts";

/**
 * Select the nodes with more than `minimumEdges` edges within the bounds, and make their histograms
 * a mass table: of the rounded lengths that occur, or of all from 0, so that tables can be added.
 * It is made in place: a second table of that size might not fit in memory.
 */
export function selectNodes(
  places: readonly LayerCounts[],
  counts: Uint32Array<ArrayBuffer>,
  lengths: LengthBins,
  minimumEdges: number,
  radii: "occurring" | "all" = "occurring",
): { masses: MassTable; layers: LayerSelection[] } {
  const { bins, largest, outside, scale } = lengths;
  const occurs = new Uint32Array(largest + 1);
  const rows: number[] = [], selected: number[] = [], layers: LayerSelection[] = [];
  let nodes = 0, edges = 0;
  for (const { layer, first, patternEdges } of places) {
    edges += patternEdges;
    const nodesBefore = nodes, keptBefore = selected.length;
    if (first === null && patternEdges > 0) nodes += layer.size;
    for (let row = first ?? 0; first !== null && row < first + layer.size; row++) {
      const start = row * bins;
      let within = 0;
      for (let bin = 0; bin <= largest; bin++) within += counts[start + bin]!;
      const all = within + counts[start + outside]!;
      edges += all;
      if (all === 0 && patternEdges === 0) continue;
      if (within > minimumEdges) {
        selected.push(nodes);
        rows.push(row);
        for (let bin = 0; bin <= largest; bin++) occurs[bin]! |= counts[start + bin]!;
      }
      nodes++;
    }
    const kept = selected.length - keptBefore;
    layers.push({ layer, nodes: nodes - nodesBefore, kept, dropped: nodes - nodesBefore - kept });
  }
  const found = [...occurs.keys()].filter((bin) => radii === "all" || occurs[bin] !== 0);
  return {
    masses: {
      radii: Float64Array.from(found, (bin) => bin / scale),
      counts: gather(counts, rows, Uint32Array.from(found), bins),
      selected: Uint32Array.from(selected),
      nodes,
      edges,
    },
    layers,
  };
}

/** Move some columns of some rows to the front; none is overwritten before it is read, since both ascend. */
function gather(
  counts: Uint32Array<ArrayBuffer>,
  rows: readonly number[],
  columns: Uint32Array,
  bins: number,
): Uint32Array {
  let next = 0;
  for (const row of rows) {
    const start = row * bins;
    for (let j = 0; j < columns.length; j++) counts[next++] = counts[start + columns[j]!]!;
  }
  return new Uint32Array(counts.buffer.transfer(next * counts.BYTES_PER_ELEMENT));
}
