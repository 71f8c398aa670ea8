import assert from "node:assert/strict";
import { restrictNetwork } from "../../lib/networks/layer_selection.ts";

const layer = (name: string) => ({ name, block: 0, role: name, size: 9, learned: true });
const network = {
  nodeIds: Int32Array.of(1, 9, 11, 20),
  nodeLayers: Uint16Array.of(0, 1, 1, 2),
  layers: ["a", "b", "c"].map(layer),
  offsets: Uint32Array.of(0, 2, 3, 5, 6),
  lengths: Float64Array.of(1, 2, 3, 4, 5, 6),
};

Deno.test("restrictNetwork() leaves the nodes of some layers with all their edges", () => {
  assert.deepEqual(restrictNetwork(network, [1]), {
    ...network,
    nodeIds: Int32Array.of(9, 11),
    nodeLayers: Uint16Array.of(1, 1),
    offsets: Uint32Array.of(0, 1, 3),
    lengths: Float64Array.of(3, 4, 5),
  });
  assert.deepEqual([...restrictNetwork(network, [0, 2]).lengths], [1, 2, 6]);
});

Deno.test("restrictNetwork() to all layers changes nothing", () => {
  assert.deepEqual(restrictNetwork(network, [0, 1, 2]), network);
});
