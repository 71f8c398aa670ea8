/** Box growing along edges or along paths, as asked for. */
import { type BoxGrowingOptions, growBoxes } from "./grow_boxes.ts";
import { growPathBoxes } from "./grow_path_boxes.ts";
import type { MassTable } from "./mass_table.ts";
import type { NetworkSample } from "./sample_networks.ts";

/** How boxes grow, and along what. */
export interface NetworkBoxOptions extends BoxGrowingOptions {
  /** Whether a mass counts a node's out-edges (default), or the nodes that shortest paths lead to. */
  readonly distance?: "edge" | "path";
  /** How many layers ahead paths may lead; default 2. */
  readonly layers?: number;
}

/** The names of {@linkcode NetworkBoxOptions}. */
export const NETWORK_BOX_OPTIONS = [
  "threshold",
  "minimumEdges",
  "digits",
  "distance",
  "layers",
] as const;

/**
 * Check that the options agree on what masses count.
 *
 * @throws {RangeError} If there is no such distance, or layers are given for single edges.
 */
export function checkDistance({ distance = "edge", layers }: NetworkBoxOptions): void {
  if (distance !== "edge" && distance !== "path") {
    throw new RangeError(`distance must be "edge" or "path", but it is "${distance}".`);
  }
  if (distance === "edge" && layers !== undefined) {
    throw new RangeError(
      `layers is ${layers}, but only distance "path" looks more than one layer ahead.`,
    );
  }
}

/**
 * Grow the boxes of a sampled network.
 *
 * @throws {RangeError} If an option is out of range.
 */
export function growNetworkBoxes(
  { network, linked }: Pick<NetworkSample, "network" | "linked">,
  { distance = "edge", ...options }: NetworkBoxOptions,
): MassTable {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const boxes = Object.fromEntries(given);
  return distance === "edge" ? growBoxes(network, boxes) : growPathBoxes(linked, boxes);
}
