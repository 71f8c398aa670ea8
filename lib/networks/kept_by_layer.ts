/** How the rule on the least number of edges falls on the layers. */
import type { MassTable } from "./mass_table.ts";
import type { NeuronLayer } from "../architectures/architecture.ts";
import type { NeuronInteractionNetwork } from "./neuron_interaction_network.ts";

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
 * @param network The network that was measured.
 * @param masses Its masses.
 * @returns One entry for each layer, in the network's order.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { growBoxes, keptByLayer } from "neuromfa";
 *
 * const network = {
 *   nodeIds: Int32Array.of(7, 9),
 *   nodeLayers: Uint16Array.of(0, 0),
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   offsets: Uint32Array.of(0, 3, 4),
 *   lengths: Float64Array.of(1.5, 2.5, 8, 3),
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
  return network.layers.map((layer, i) => ({
    layer,
    nodes: nodes[i]!,
    kept: kept[i]!,
    dropped: nodes[i]! - kept[i]!,
  }));
}
