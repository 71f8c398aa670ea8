/** The result of box growing, along edges or along paths: how many neighbours each node has at each radius. */

import type { NeuronLayer } from "../architectures/architecture.ts";
import type { NeuronInteractionNetwork } from "./network.ts";

/**
 * Masses of the selected nodes: `counts[i * radii.length + j]` out-edges of selected node i have exactly
 * the rounded length `radii[j]`, or as many nodes are that far from it along paths; the mass within that
 * radius is one plus their running sum. It holds integers only, so it does not matter whether it was filled
 * from lengths or from weights as stored.
 */
export interface MassTable {
  /** All rounded lengths that occur, ascending. */
  readonly radii: Float64Array;
  /** Edges, or nodes reached by paths, per selected node and radius, row-major [selected nodes × radii]. */
  readonly counts: Uint32Array;
  /** Positions (not ids) of the selected nodes in the network they came from. */
  readonly selected: Uint32Array;
  /** Number of nodes in the network, selected or not. */
  readonly nodes: number;
  /** Number of edges in the network, within the threshold or not. */
  readonly edges: number;
}

/**
 * The masses of some of the selected nodes, in their order; nodes and edges are still those of the
 * whole network. `"all"` keeps every radius, `"occurring"` drops those that no kept node has a
 * length of.
 */
export function massRows(
  masses: MassTable,
  keep: (node: number) => boolean,
  radii: "all" | "occurring",
): MassTable {
  const width = masses.radii.length;
  const rows = [...masses.selected.keys()].filter((row) => keep(masses.selected[row]!));
  const own = rows.map((row) => masses.counts.subarray(row * width, (row + 1) * width));
  const columns = [...masses.radii.keys()]
    .filter((j) => radii === "all" || own.some((counts) => counts[j] !== 0));
  const counts = new Uint32Array(rows.length * columns.length);
  let next = 0;
  for (const row of own) for (const j of columns) counts[next++] = row[j]!;
  return {
    ...masses,
    radii: Float64Array.from(columns, (j) => masses.radii[j]!),
    counts,
    selected: Uint32Array.from(rows, (row) => masses.selected[row]!),
  };
}

/** The radii that occur among rounded lengths times a scale, from 1, and the column of each. */
export function radiiOf(occurs: Uint8Array, scale: number) {
  const radii: number[] = [], column = new Int32Array(occurs.length);
  for (let key = 1; key < occurs.length; key++) {
    if (occurs[key]) column[key] = radii.push(key / scale) - 1;
  }
  return { radii: Float64Array.from(radii), column };
}

/** Nodes of one layer that box growing kept and dropped. */
export interface LayerSelection {
  /** The layer. */
  readonly layer: NeuronLayer;
  /** Nodes of the layer in the network. */
  readonly nodes: number;
  /** Nodes with enough edges within the threshold. */
  readonly kept: number;
  /** Nodes with too few. */
  readonly dropped: number;
}

/**
 * Count the nodes kept and dropped in every layer: which nodes are averaged over changes in training, so
 * a spectrum should say whom it speaks for.
 *
 * @returns One entry for each layer, in the network's order.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { growBoxes, keptByLayer } from "neuromfa/networks";
 *
 * const network = {
 *   nodeIds: Int32Array.of(7, 9), nodeLayers: Uint16Array.of(0, 0),
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   offsets: Uint32Array.of(0, 3, 4), lengths: Float64Array.of(1.5, 2.5, 8, 3),
 * };
 * equal(keptByLayer(network, growBoxes(network, { minimumEdges: 2 }))[0]!.kept, 1);
 * ```
 */
export function keptByLayer(
  network: Pick<NeuronInteractionNetwork, "nodeLayers" | "layers">,
  masses: Pick<MassTable, "selected">,
): LayerSelection[] {
  const nodes = network.layers.map(() => 0), kept = network.layers.map(() => 0);
  for (const layer of network.nodeLayers) nodes[layer]!++;
  for (const node of masses.selected) kept[network.nodeLayers[node]!]!++;
  return network.layers.map((layer, i) => (
    { layer, nodes: nodes[i]!, kept: kept[i]!, dropped: nodes[i]! - kept[i]! }
  ));
}

/**
 * The share of the neurons with learned out-edges that a network has. Where it is large, samples of
 * the same neurons hold much of what any other sample could.
 */
export function drawnShare(
  { nodeLayers, layers }: Pick<NeuronInteractionNetwork, "nodeLayers" | "layers">,
): number {
  const all = layers.reduce((sum, { learned, size }) => learned ? sum + size : sum, 0);
  const drawn = nodeLayers.reduce((sum, layer) => layers[layer]!.learned ? sum + 1 : sum, 0);
  return all === 0 ? 0 : Math.min(1, drawn / all);
}

/** A radius and how many edges of selected nodes have it, or nodes are that far along paths. */
export interface RadiusEdges {
  /** The radius. */
  readonly radius: number;
  /** Edges that round to it. */
  readonly edges: number;
}

/**
 * The smallest radius of a mass table, and how many edges of selected nodes have it: the leftmost point of every fit,
 * which may hang on a single edge.
 *
 * @throws {RangeError} If the table has no radius.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { smallestRadius } from "neuromfa/networks";
 *
 * const masses = {
 *   radii: Float64Array.of(2, 5), counts: Uint32Array.of(0, 6, 1, 12),
 *   selected: Uint32Array.of(0, 1), nodes: 2, edges: 19,
 * };
 * assert.deepEqual(smallestRadius(masses), { radius: 2, edges: 1 });
 * ```
 */
export function smallestRadius(masses: MassTable): RadiusEdges {
  const [smallest] = smallestRadii(masses, 1);
  if (smallest) return smallest;
  throw new RangeError("no node has enough edges within the threshold; raise it");
}

/**
 * Some of the smallest radii of a mass table, ascending, each with its edges; fewer if there are
 * fewer.
 */
export function smallestRadii(
  { radii, counts }: Pick<MassTable, "radii" | "counts">,
  count: number,
): RadiusEdges[] {
  return Array.from(radii.subarray(0, count), (radius, j) => {
    let edges = 0;
    for (let k = j; k < counts.length; k += radii.length) edges += counts[k]!;
    return { radius, edges };
  });
}
