/** A block small enough to check by hand. */

import type { LinkedLayers } from "../../lib/networks/network.ts";

const layer = { block: 0, learned: true };

/** Two inputs, four in the middle that lead on by a fixed pattern, and two outputs with the ids 6 and 7. */
export const toyLinked: LinkedLayers = {
  layers: [
    { ...layer, name: "input", role: "input", size: 2 },
    { ...layer, name: "middle", role: "middle", size: 4, learned: false },
  ],
  links: [{
    layer: 0,
    sources: Int32Array.of(1, 0),
    targets: Int32Array.of(2, 3, 4, 5),
    weights: Float64Array.of(0.1, 0.5, 0.3, 0.4, 0.25, 1, 2, 0),
  }, {
    layer: 1,
    sources: Int32Array.of(2, 3, 4, 5),
    targets: Int32Array.of(6, 7),
    weights: new Float64Array(8).fill(1),
  }],
};
