/** The neuron interaction network as typed arrays: nodes in ascending id, their out-edge lengths one after another. */

import type { NeuronLayer } from "../architectures/architecture.ts";

/**
 * A neuron interaction network (Xiao et al., ICLR 2025, arXiv 2402.09099): the nodes with at least one
 * out-edge, in ascending node id, and the lengths `1 / |w|` of their out-edges in compressed rows.
 */
export interface NeuronInteractionNetwork {
  /** Node ids, ascending; length = number of nodes. */
  readonly nodeIds: Int32Array;
  /** For each node, the index of its layer in {@linkcode layers}. */
  readonly nodeLayers: Uint16Array;
  /** The layers whose neurons can have out-edges, in order. */
  readonly layers: readonly NeuronLayer[];
  /** `offsets[i] … offsets[i + 1]` are node i's entries in {@linkcode lengths}; length = nodes + 1. */
  readonly offsets: Uint32Array;
  /** Edge lengths `1 / |w|`, dimensionless, all positive. */
  readonly lengths: Float64Array;
}

/** Every edge from the neurons taken from one layer to those taken from another. */
export interface Link {
  /** Index of the sources' layer in {@linkcode LinkedLayers.layers}. */
  readonly layer: number;
  /** Node ids the edges leave, in the order drawn. */
  readonly sources: Int32Array;
  /** Node ids the edges reach, in the order drawn. */
  readonly targets: Int32Array;
  /** Weights, row-major [sources × targets]; a weight of zero makes no edge. */
  readonly weights: Float64Array;
}

/** Layers and the links between them, in the order the edges are made. */
export interface LinkedLayers {
  /** The layers whose neurons are sources. */
  readonly layers: readonly NeuronLayer[];
  /** The links, in the order their edges are listed. */
  readonly links: readonly Link[];
}

/** All edges that one link gives one neuron. */
export interface SourceRow {
  readonly id: number;
  readonly link: Link;
  /** The neuron's row in the link's weights. */
  readonly row: number;
}

/** The rows of some links in ascending node id, and those of one neuron in the links' order. */
export function sourceRows(links: readonly Link[]): SourceRow[] {
  const rows: SourceRow[] = [];
  for (const link of links) {
    for (let row = 0; row < link.sources.length; row++) {
      rows.push({ id: link.sources[row]!, link, row });
    }
  }
  // Sorting numbers is far faster than comparing objects; rows of one neuron stay in the order of the links.
  const keys = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    keys[place] = rows[place]!.id * rows.length + place;
  }
  return Array.from(keys.sort(), (key) => rows[key % rows.length]!);
}

/**
 * Build the neuron interaction network of some links: an edge of length `1 / |w|` for every weight that
 * is not zero, nodes in ascending id, each node's edges in the order of the links.
 *
 * @returns The network; neurons without an edge of their own are left out.
 * @throws {RangeError} If a weight is not finite.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { sampledNetwork } from "neuromfa/networks";
 *
 * const network = sampledNetwork({
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   links: [{
 *     layer: 0, sources: Int32Array.of(3, 1), targets: Int32Array.of(5, 4),
 *     weights: Float64Array.of(0.5, 0, -0.25, 2),
 *   }],
 * });
 * deepEqual([...network.nodeIds], [1, 3]);
 * deepEqual([...network.lengths], [4, 0.5, 2]);
 * ```
 */
export function sampledNetwork({ layers, links }: LinkedLayers): NeuronInteractionNetwork {
  const lengths = new Float64Array(links.reduce((sum, { weights }) => sum + notZero(weights), 0));
  const nodeIds: number[] = [], nodeLayers: number[] = [], offsets = [0];
  let edges = 0;
  for (const { id, link: { layer, targets, weights }, row } of sourceRows(links)) {
    const before = edges;
    for (let k = row * targets.length; k < (row + 1) * targets.length; k++) {
      const length = 1 / Math.abs(weights[k]!);
      if (!(length > 0 && length < Infinity)) {
        if (weights[k] === 0) continue;
        // A weight can be so small that its length is infinite, and is an edge all the same.
        if (!Number.isFinite(weights[k])) {
          const joins = `neuron ${id} to ${targets[k - row * targets.length]}`;
          throw new RangeError(
            `The weight from ${joins} (${layers[layer]?.name}) is ${weights[k]}; ` +
              "a checkpoint with such weights cannot be measured",
          );
        }
      }
      lengths[edges++] = length;
    }
    if (edges === before) continue;
    if (nodeIds.at(-1) === id) offsets.pop();
    else {
      nodeIds.push(id);
      nodeLayers.push(layer);
    }
    offsets.push(edges);
  }
  return {
    nodeIds: Int32Array.from(nodeIds),
    nodeLayers: Uint16Array.from(nodeLayers),
    layers,
    offsets: Uint32Array.from(offsets),
    lengths,
  };
}

function notZero(weights: Float64Array): number {
  let count = 0;
  for (let k = 0; k < weights.length; k++) count += +(weights[k] !== 0);
  return count;
}
