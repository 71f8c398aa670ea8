import assert from "node:assert/strict";
import { weightedDegrees } from "../../lib/networks/weighted_degrees.ts";
import { sampledNetwork } from "../../lib/networks/network.ts";

const layer = (name: string, learned: boolean) => ({
  name,
  role: name,
  block: 0,
  size: 4,
  learned,
});

Deno.test("weightedDegrees() sums |w| over the edges that leave a neuron, and has none for a fixed pattern", () => {
  const network = sampledNetwork({
    layers: [layer("input", true), layer("pattern", false)],
    links: [
      {
        ...{ layer: 0, sources: Int32Array.of(1, 3), targets: Int32Array.of(4, 5, 6) },
        weights: Float64Array.of(0.5, -0.25, 0, 2, 4, -8),
      },
      {
        ...{ layer: 1, sources: Int32Array.of(4), targets: Int32Array.of(8) },
        weights: Float64Array.of(1),
      },
    ],
  });
  assert.deepEqual([...weightedDegrees(network)], [0.75, 14, NaN]);
});
