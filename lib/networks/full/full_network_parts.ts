/** A full network in parts that can be measured one by one, in any order and by anyone. */

import type { Architecture, NeuronLayer, WeightMatrix } from "../../architectures/architecture.ts";
import { chosenLayers } from "../layer_selection.ts";
import { layerStarts } from "../link_layers.ts";
import type { LayerSelection, MassTable } from "../mass_table.ts";
import type { HistogramColumns } from "./histogram_columns.ts";
import type { LengthBins } from "./length_bins.ts";

/**
 * Edges of weight 1 from a layer to one of `targets` neurons, or to all of them; see
 * {@linkcode FixedPattern}.
 */
export interface PartPattern {
  /** How many neurons of the layer, counted from its first, lead to one neuron only. */
  readonly paired: number;
  /** How many neurons each of the others leads to. */
  readonly targets: number;
}

/** The neurons of one layer with everything that leaves them. */
export interface FullNetworkPart {
  /** Number of the part, from 0, in the order of the layers. */
  readonly index: number;
  /** The layer whose neurons are measured. */
  readonly layer: NeuronLayer;
  /** Id of its first neuron in the whole model. */
  readonly firstNode: number;
  /** The matrices of weights that leave the layer; none where only a fixed pattern does. */
  readonly matrices: readonly WeightMatrix[];
  /** The fixed patterns that leave it. */
  readonly patterns: readonly PartPattern[];
  /** How many values are read to measure the part. */
  readonly weights: number;
}

/**
 * Split a model's full network into one part for each layer: the histograms of the matrices that leave a layer add up, so
 * those stay together, and nothing else has to. Parts are plain objects that can be sent to a worker.
 *
 * @param layers Names or roles of the layers whose neurons are measured; default all of them.
 * @returns One part for each of those layers, in the architecture's order.
 * @throws {RangeError} If no layer has a name or role asked for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { detectArchitecture } from "neuromfa/checkpoints";
 * import { fullNetworkParts } from "neuromfa/networks";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(0);
 * const parts = fullNetworkParts(detectArchitecture(checkpoint), ["block input"]);
 * assert.equal(parts[0]!.layer.name, "block 0 block input");
 * assert.equal(parts[0]!.weights, 64 * 3 * 64); // to query, key and value
 * ```
 */
export function fullNetworkParts(
  { layers: all, matrices, patterns }: Architecture,
  layers?: readonly string[],
): FullNetworkPart[] {
  const starts = layerStarts(all);
  return chosenLayers(all, layers).map((from, index) => {
    const own = matrices.filter((matrix) => matrix.from === from);
    const fixed = patterns.filter((pattern) => pattern.from === from)
      .map(({ paired, to }) => ({ paired, targets: all[to]!.size }));
    const weights = own.reduce(
      (sum, { rows, columns, kernel }) => sum + rows * columns * kernel,
      0,
    );
    return {
      ...{ index, layer: all[from]!, firstNode: starts[from]! },
      ...{ matrices: own, patterns: fixed, weights },
    };
  });
}

/** One layer of a full network. */
export interface LayerCounts {
  readonly layer: NeuronLayer;
  /** The row of its first neuron among all histograms, or `null` where no weights leave it. */
  readonly first: number | null;
  /**
   * How many edges fixed patterns give all of its neurons together; where there are any, each
   * neuron has one.
   */
  readonly patternEdges: number;
}

/** Give each layer that weights leave a place among the histograms; `neurons` have one. */
export function layerCounts(
  parts: readonly Pick<FullNetworkPart, "layer" | "matrices" | "patterns">[],
): { places: LayerCounts[]; neurons: number } {
  let neurons = 0;
  const places = parts.map(({ layer, matrices, patterns }) => {
    const first = matrices.length > 0 ? neurons : null;
    if (first !== null) neurons += layer.size;
    const patternEdges = patterns.reduce(
      (sum, { paired, targets }) => sum + paired + (layer.size - paired) * targets,
      0,
    );
    return { layer, first, patternEdges };
  });
  return { places, neurons };
}

/**
 * Select the nodes with more than `minimumEdges` edges within the bounds, and make their histograms
 * a mass table, of the rounded lengths that occur. It is made in place: a second table of that size
 * might not fit in memory.
 */
export function selectNodes(
  places: readonly LayerCounts[],
  counts: Uint32Array<ArrayBuffer>,
  lengths: LengthBins,
  columns: HistogramColumns,
  minimumEdges: number,
): { masses: MassTable; layers: LayerSelection[] } {
  const { bins, lengths: radii } = columns, outside = columns.columnOf[lengths.outside]!;
  const occurs = new Uint32Array(radii);
  const rows: number[] = [], selected: number[] = [], layers: LayerSelection[] = [];
  let nodes = 0, edges = 0;
  for (const { layer, first, patternEdges } of places) {
    edges += patternEdges;
    const nodesBefore = nodes, keptBefore = selected.length;
    if (first === null && patternEdges > 0) nodes += layer.size;
    for (let row = first ?? 0; first !== null && row < first + layer.size; row++) {
      const start = row * bins.length;
      let within = 0;
      for (let column = 0; column < radii; column++) within += counts[start + column]!;
      const all = within + counts[start + outside]!;
      edges += all;
      if (all === 0 && patternEdges === 0) continue;
      if (within > minimumEdges) {
        selected.push(nodes);
        rows.push(row);
        for (let column = 0; column < radii; column++) occurs[column]! |= counts[start + column]!;
      }
      nodes++;
    }
    const kept = selected.length - keptBefore;
    layers.push({ layer, nodes: nodes - nodesBefore, kept, dropped: nodes - nodesBefore - kept });
  }
  const found = Uint32Array.from(occurs.keys().filter((column) => occurs[column] !== 0));
  const masses = {
    radii: Float64Array.from(found, (column) => bins[column]! / lengths.scale),
    counts: gather(counts, rows, found, bins.length),
    ...{ selected: Uint32Array.from(selected), nodes, edges },
  };
  return { masses, layers };
}

/**
 * Move some columns of some rows to the front; none is overwritten before it is read, since both
 * ascend.
 */
function gather(
  counts: Uint32Array<ArrayBuffer>,
  rows: readonly number[],
  columns: Uint32Array,
  width: number,
): Uint32Array {
  let next = 0;
  for (const row of rows) {
    const start = row * width;
    for (let j = 0; j < columns.length; j++) counts[next++] = counts[start + columns[j]!]!;
  }
  return new Uint32Array(counts.buffer.transfer(next * counts.BYTES_PER_ELEMENT));
}
