/** Box growing from counted edges. */

import { countsLength } from "./box_options.ts";
import type { CountedSample } from "./counted_samples.ts";
import type { MassTable } from "./mass_table.ts";

/**
 * The masses of a counted sample, as `growBoxes` gives them of the network itself.
 *
 * @param way Which of the ways that lengths are binned in.
 * @param minimumEdges Nodes have more edges within the threshold than this.
 */
export function countedMasses(
  { layers, lengths }: CountedSample,
  way: number,
  minimumEdges: number,
): MassTable {
  const { bins, largest, outside, scale } = lengths[way]!;
  const occurring = new OccurringBins(largest), kept: [Uint32Array, number][] = [];
  const selected: number[] = [];
  let nodes = 0, edges = 0;
  for (const { nodeIds, counts, patternEdges } of layers) {
    const histograms = counts[way];
    for (let i = 0; i < nodeIds.length; i++) {
      let all = patternEdges[i]!;
      if (histograms) {
        const start = i * bins, within = sumOf(histograms, start, start + largest + 1);
        all += within + histograms[start + outside]!;
        if (within > minimumEdges) {
          selected.push(nodes);
          kept.push([histograms, start]);
          occurring.add(histograms, start);
        }
      }
      edges += all;
      nodes += +(all > 0);
    }
  }
  const found = occurring.bins();
  const table = new Uint32Array(countsLength(kept.length, found.length, Math.log10(scale)));
  kept.forEach(([histograms, start], i) => copyBins(histograms, start, found, table, i));
  const radii = Float64Array.from(found, (bin) => bin / scale);
  return { radii, counts: table, selected: Uint32Array.from(selected), nodes, edges };
}

function sumOf(counts: Uint32Array, start: number, end: number): number {
  let sum = 0;
  for (let k = start; k < end; k++) sum = (sum + counts[k]!) | 0;
  return sum;
}

function copyBins(
  histograms: Uint32Array,
  start: number,
  bins: Int32Array,
  table: Uint32Array,
  row: number,
): void {
  for (let j = 0, to = row * bins.length; j < bins.length; j++, to++) {
    table[to] = histograms[start + bins[j]!]!;
  }
}

/** Which bins occur in some histograms; few are missing soon, and only those are looked for. */
class OccurringBins {
  readonly #all: number;
  #missing: Int32Array;

  constructor(largest: number) {
    this.#all = largest + 1;
    this.#missing = Int32Array.from({ length: this.#all }, (_, bin) => bin);
  }

  add(histograms: Uint32Array, start: number): void {
    const missing = this.#missing;
    let left = 0;
    for (let i = 0; i < missing.length; i++) {
      const bin = missing[i]!;
      missing[left] = bin;
      left += +(histograms[start + bin] === 0);
    }
    if (left < missing.length) this.#missing = missing.subarray(0, left);
  }

  /** The bins that occur, ascending. */
  bins(): Int32Array {
    const occurs = new Uint8Array(this.#all).fill(1);
    for (const bin of this.#missing) occurs[bin] = 0;
    return Int32Array.from(occurs.keys()).filter((bin) => occurs[bin] === 1);
  }
}

/** How many edges a counted sample has. */
export function countedEdges({ layers, lengths }: CountedSample): number {
  const { bins, zero } = lengths[0]!;
  let edges = 0;
  for (const { counts, patternEdges } of layers) {
    for (const some of patternEdges) edges += some;
    const [own] = counts;
    for (let start = 0; own && start < own.length; start += bins) {
      edges += sumOf(own, start, start + zero);
    }
  }
  return edges;
}

/** The layer of each node that a counted sample has: of each neuron drawn that has an edge. */
export function countedNodeLayers({ layers, lengths }: CountedSample): Uint16Array {
  const { bins, zero } = lengths[0]!;
  return Uint16Array.from(layers.flatMap(({ counts: [counts], patternEdges }, layer) => {
    const hasEdge = (edges: number, i: number) =>
      edges > 0 || counts?.subarray(i * bins, i * bins + zero).some((count) => count > 0);
    return Array<number>(Array.from(patternEdges).filter(hasEdge).length).fill(layer);
  }));
}
