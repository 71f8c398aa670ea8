/** Which blocks a network has that can be drawn. */

import type { LinkedLayers } from "../../networks/network.ts";

/** The numbers of the blocks that edges leave, ascending. */
export function layerBlocks({ layers, links }: LinkedLayers): number[] {
  return [...new Set(links.map(({ layer }) => layers[layer]!.block))].sort((a, b) => a - b);
}
