/** The golden network of a model with two blocks of width 8, exact zeros among its weights. */

import type { LinkedLayers } from "../../lib/networks/network.ts";
import { type NodeSample, sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { readGolden } from "../golden/golden.ts";
import { linksFromFile } from "../golden/golden_networks.ts";
import { gptNeoXOf } from "./gpt_neox_of.ts";

/** What the published code made of it. */
export const tiny = readGolden<{
  samples: Record<string, number[]>[];
  edges: number[][];
  keys: number[];
  nodes: number[][];
}>("tiny_network");

/** Its layers and matrices. */
export const tinyArchitecture = gptNeoXOf(2, 8);

/** The neurons drawn. */
export const tinySample: NodeSample = sampleNodes(tinyArchitecture, { sample: 3, layerSample: 3 });

/** Its layers and links, with the weights of the golden file. */
export function tinyLinks(): Promise<LinkedLayers> {
  const path = new URL("../golden/checkpoints/tiny/model.safetensors", import.meta.url);
  return linksFromFile(path, tinyArchitecture, tinySample);
}
