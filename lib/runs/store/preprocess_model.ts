/** A look at stored networks before they are measured. */

import { openModelNetworks } from "./model_networks.ts";
import type { NetworkOptions } from "../analysis_options.ts";
import type { RunAccess } from "../open_selected_run.ts";

/** What the stored networks of a model hold. */
export interface PreprocessedModel {
  /** The model's name. */
  readonly model: string;
  /** Networks read. */
  readonly networks: number;
  /** Nodes of all of them. */
  readonly nodes: number;
  /** Edges of all of them. */
  readonly edges: number;
  /** Where they were read from. */
  readonly source: string;
}

/** Where networks are read, and whom that tells. */
export interface PreprocessModelOptions extends RunAccess {
  /** What decides the networks. */
  readonly options: NetworkOptions;
  /** Folder of stored networks. */
  readonly store: string;
  /** The steps to read; default all. */
  readonly steps?: readonly number[] | undefined;
  /** Called after each network with the networks read and their number in all. */
  readonly onNetwork?: (done: number, total: number) => void;
}

/**
 * Read every network of a model, so that a damaged file is found before the analysis, and count what is in them. The
 * published code stores node lists at this stage; here they are built in less than a millisecond a network whenever
 * they are needed, so nothing is stored.
 *
 * @throws {Error} If a network cannot be read.
 */
export async function preprocessModel(
  name: string,
  { options, store, steps, onNetwork, ...access }: PreprocessModelOptions,
): Promise<PreprocessedModel> {
  const opened = await openModelNetworks(name, options, store, steps, access);
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
