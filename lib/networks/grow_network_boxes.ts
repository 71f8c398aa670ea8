/** Box growing along edges or along paths, as asked for. */

import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { pick, type ReadOptions } from "../options/read_options.ts";
import { BOX_OPTIONS, type BoxOptions } from "./box_options.ts";
import { type BoxGrowingOptions, growBoxes } from "./grow_boxes.ts";
import { growPathBoxes } from "./paths/grow_path_boxes.ts";
import type { MassTable } from "./mass_table.ts";
import type { NetworkSample } from "./sample_networks.ts";

/** How boxes grow, and along what. */
export interface NetworkBoxOptions
  extends BoxGrowingOptions, SomeOptions<"distance" | "pathLayers"> {}

/** The options of {@linkcode NetworkBoxOptions}, as declared. */
export const NETWORK_BOX_OPTIONS = { ...BOX_OPTIONS, ...pick(OPTIONS, ["distance", "pathLayers"]) };

/** How the boxes of a network grow, all given. */
export type ReadNetworkBoxOptions = ReadOptions<typeof NETWORK_BOX_OPTIONS> & BoxOptions;

/** Check that the options agree on what masses count. */
export function checkDistance({ distance, pathLayers }: ReadNetworkBoxOptions): void {
  if (distance === "path" || pathLayers === undefined) return;
  throw new RangeError(
    `pathLayers is ${pathLayers}, but only distance "path" looks more than one layer ahead`,
  );
}

/** Grow the boxes of a sampled network. */
export function growNetworkBoxes(
  { network, linked }: Pick<NetworkSample, "network" | "linked">,
  { distance, pathLayers, threshold, minimumEdges, digits }: ReadNetworkBoxOptions,
): MassTable {
  const boxes = { threshold, minimumEdges, digits };
  if (distance === "edge") return growBoxes(network, boxes);
  return growPathBoxes(linked, { ...boxes, ...pathLayers !== undefined && { pathLayers } });
}
