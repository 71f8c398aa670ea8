/** A look at stored networks before they are measured. */

import type { ExtractModelOptions } from "./extract_model.ts";
import { openModelNetworks } from "./model_networks.ts";

/**
 * Read every network of a model, so that a damaged file is found before the analysis, and count what is in them. The
 * published code stores node lists at this stage; here they are built in less than a millisecond a network whenever
 * they are needed, so nothing is stored.
 *
 * @returns How many networks, nodes and edges there are, and where they were read from.
 * @throws {Error} If a network cannot be read.
 */
export async function preprocessModel(
  name: string,
  { options, store, steps, onNetwork, ...access }: Omit<ExtractModelOptions, "skipExisting">,
): Promise<{ model: string; networks: number; nodes: number; edges: number; source: string }> {
  const opened = await openModelNetworks(name, options, store, steps, {
    ...access,
    weights: options.weights,
  });
  const total = opened.steps.length * options.samples;
  let [networks, nodes, edges] = [0, 0, 0];
  for await (const { network } of opened.networks()) {
    networks++;
    nodes += network.nodeIds.length;
    edges += network.lengths.length;
    onNetwork?.(networks, total);
  }
  return { model: opened.model, networks, nodes, edges, source: opened.source };
}
