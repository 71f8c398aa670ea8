import assert from "node:assert/strict";
import { medianLength } from "../../lib/networks/median_length.ts";
import { networkOf } from "./network_of.ts";

Deno.test("medianLength() is the middle of the lengths of all networks together", () => {
  assert.equal(medianLength([networkOf([[9, 1], [5]])]), 5);
  assert.equal(medianLength([networkOf([[9, 1], [5]]), networkOf([[100, 200]])]), 9);
});

Deno.test("medianLength() of an even number of lengths is the lower of the middle two, a length that occurs", () => {
  assert.equal(medianLength([networkOf([[4, 1, 3, 2]])]), 2);
});

Deno.test("medianLength() leaves out the edges of fixed patterns", () => {
  const network = networkOf([[1, 1, 1, 1], [7, 8, 9]]);
  const layer = network.layers[0]!;
  const layers = [{ ...layer, learned: false }, layer];
  assert.equal(medianLength([{ ...network, layers, nodeLayers: Uint16Array.of(0, 1) }]), 8);
});

Deno.test("medianLength() changes nothing in the networks", () => {
  const network = networkOf([[9, 1, 5]]);
  medianLength([network]);
  assert.deepEqual([...network.lengths], [9, 1, 5]);
});

Deno.test("medianLength() refuses networks without a weight", () => {
  const fixed = networkOf([[1, 1]]);
  const layers = [{ ...fixed.layers[0]!, learned: false }];
  for (const networks of [[], [{ ...fixed, layers }]]) {
    assert.throws(
      () => medianLength(networks),
      /have no weight of the model to take the median of/,
    );
  }
});
