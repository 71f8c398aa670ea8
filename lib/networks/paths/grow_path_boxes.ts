/** Box growing along shortest paths, over one or more layers. */

import { BOX_OPTIONS, boxScale, countsLength, readBoxOptions } from "../box_options.ts";
import type { BoxGrowingOptions } from "../grow_boxes.ts";
import type { LinkedLayers } from "../network.ts";
import { type MassTable, radiiOf } from "../mass_table.ts";
import { pathGraph } from "./path_graph.ts";
import { PathSearch } from "./path_search.ts";
import { OPTIONS } from "../../options/options.ts";
import { roundHalfEven } from "../../numpy/round_half_even.ts";

/** How boxes grow along paths. `minimumEdges` counts the nodes that paths reach within the threshold. */
export interface PathBoxGrowingOptions extends BoxGrowingOptions {
  /** How many layers ahead paths may lead, from 1; 2 unless given, the paper's figure of two layers. */
  readonly pathLayers?: number;
}

const PATH_BOX_OPTIONS = { ...BOX_OPTIONS, pathLayers: OPTIONS.pathLayers };

/**
 * Grow boxes around every node along paths: the mass of a node counts the nodes of the next `layers` layers
 * whose shortest directed path is no longer than the radius (Xiao et al., ICLR 2025, arXiv 2402.09099, which
 * shows two layers; its published code has single edges only).
 *
 * - A path's length is the sum of its edges' lengths, each rounded half to even as {@linkcode growBoxes} rounds
 *   them, and the threshold, rounded likewise, bounds the sum. With one layer ahead, where each edge of a
 *   node has another target, as in a sampled network, the result is that of `growBoxes` to the last count. A
 *   node reached by several edges or paths counts once, at the shortest.
 * - A path takes edges of length 1 < d ≤ threshold. It may also pass the fixed attention pattern, at the
 *   pattern's length 1, but not begin there: see {@linkcode pathGraph}. So query, key and value neurons have
 *   no mass of their own, with any number of layers, and spectra over one or more layers speak of nodes that
 *   the same rule lets in.
 * - Layers ahead are counted along the chain of neuron layers, that is in edges of the path. The attention
 *   output is a layer like any other, although the pattern that leads to it is not learned, so that the same
 *   number of layers is the same number of sets of neurons everywhere: from a block's input two layers are
 *   query, key, value and attention output, all of which the keys and values reach. Past the last layer
 *   there is nothing, and more layers than are left change nothing.
 * - In a sampled network paths lead through drawn neurons only, so they are longer than the whole network's,
 *   and the more so the more layers they cross.
 *
 * @returns The masses, of the nodes of `sampledNetwork(linked)`; with no node selected, a table without rows
 * or radii.
 * @throws {RangeError} If an option is out of range, a weight is not finite, or the table would not fit in
 * memory.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { growPathBoxes } from "neuromfa/networks";
 *
 * const layer = (role: string) => ({ name: role, block: 0, role, size: 2, learned: true });
 * const masses = growPathBoxes({
 *   layers: [layer("input"), layer("hidden")],
 *   links: [{
 *     layer: 0, sources: Int32Array.of(0), targets: Int32Array.of(2, 3),
 *     weights: Float64Array.of(0.5, 0.25), // lengths 2 and 4
 *   }, {
 *     layer: 1, sources: Int32Array.of(2, 3), targets: Int32Array.of(4),
 *     weights: Float64Array.of(0.1, 0.2), // lengths 10 and 5
 *   }],
 * }, { pathLayers: 2, minimumEdges: 2 });
 * deepEqual([...masses.radii], [2, 4, 9]);
 * deepEqual([...masses.counts], [1, 1, 1]);
 * ```
 */
export function growPathBoxes(
  linked: LinkedLayers,
  options: PathBoxGrowingOptions = {},
): MassTable {
  const read = readBoxOptions("growPathBoxes", PATH_BOX_OPTIONS, options);
  const { pathLayers: layers = 2, threshold, minimumEdges, digits } = read;
  const scale = boxScale(threshold, digits);
  const largest = roundHalfEven(threshold * scale);
  const graph = pathGraph(linked, threshold, scale);
  const search = new PathSearch(graph, { bound: largest, layers });
  const occurs = new Uint8Array(largest + 1);
  const selected = new Uint32Array(graph.nodes);
  // For each selected node, the distances at which nodes were found, and how many.
  const distances: number[] = [], numbers: number[] = [], ends: number[] = [];
  for (let node = 0; node < graph.nodes; node++) {
    if (search.from(node) <= minimumEdges) continue;
    selected[ends.length] = node;
    for (let distance = 1; distance <= largest; distance++) {
      const number = search.found[distance]!;
      if (number === 0) continue;
      occurs[distance] = 1;
      distances.push(distance);
      numbers.push(number);
    }
    ends.push(distances.length);
  }
  const { radii, column } = radiiOf(occurs, scale);
  const counts = new Uint32Array(countsLength(ends.length, radii.length, digits));
  for (let i = 0, k = 0; i < ends.length; i++) {
    for (; k < ends[i]!; k++) counts[i * radii.length + column[distances[k]!]!] = numbers[k]!;
  }
  const { nodes, edges } = graph;
  return { radii, counts, selected: selected.slice(0, ends.length), nodes, edges };
}
