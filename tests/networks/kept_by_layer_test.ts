import assert from "node:assert/strict";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { keptByLayer } from "../../lib/networks/kept_by_layer.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";

Deno.test("keptByLayer() tells the layers whose nodes are dropped", () => {
  const network = goldenNetwork("pythia-14m", 0, 0);
  const layers = keptByLayer(network, growBoxes(network));
  assert.equal(layers.length, 30);
  for (const { layer, nodes, kept, dropped } of layers) {
    const size = { "query, key, value": 96, "feed-forward hidden": 64 }[layer.role] ?? 32;
    assert.deepEqual(
      [nodes, kept, dropped],
      layer.learned ? [size, size, 0] : [96, 0, 96],
      layer.name,
    );
  }
});
