/** The golden network of a model with two blocks of width 8, exact zeros among its weights. */

import type { LinkedLayers } from "../../lib/networks/link.ts";
import { type NodeSample, sampleNodes } from "../../lib/networks/node_sample.ts";
import { readGolden } from "../golden/golden.ts";
import { linksFromFile } from "../golden/golden_networks.ts";

/** What the published code made of it. */
export const tiny = readGolden<{
  samples: Record<string, number[]>[];
  edges: number[][];
  keys: number[];
  nodes: number[][];
}>("tiny_network");

/** The neurons drawn. */
export const tinySample: NodeSample = sampleNodes({
  sample: 3,
  blocks: 2,
  features: 8,
  layerSample: 3,
});

/** Its layers and links, with the weights of the golden file. */
export function tinyLinks(): Promise<LinkedLayers> {
  const path = new URL("../golden/checkpoints/tiny/model.safetensors", import.meta.url);
  return linksFromFile(path, tinySample, 8);
}
