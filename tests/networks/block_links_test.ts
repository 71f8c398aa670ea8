import assert from "node:assert/strict";
import { blockLinks } from "../../lib/networks/block_links.ts";
import { sampleNodes } from "../../lib/networks/node_sample.ts";
import { tinyLinks, tinySample } from "./tiny_network.ts";

Deno.test("blockLinks() names five layers a block, only the query, key, value one without learned edges", async () => {
  const { layers } = await tinyLinks();
  assert.deepEqual(layers.map(({ size }) => size), [8, 24, 8, 8, 32, 8, 24, 8, 8, 32]);
  assert.deepEqual(layers.filter(({ learned }) => !learned).map(({ name }) => name), [
    "block 0 query, key, value",
    "block 1 query, key, value",
  ]);
  assert.equal(new Set(layers.map(({ name }) => name)).size, 10);
});

Deno.test("blockLinks() leads each block's outputs into the next block's inputs", async () => {
  const { links } = await tinyLinks();
  assert.deepEqual([...links[4]!.targets], [...links[5]!.sources]);
  assert.deepEqual([...links[4]!.targets], [...tinySample.blocks[1]!.n1].map((n) => 80 + n));
  assert.deepEqual([...links[9]!.targets], [...tinySample.n6].map((n) => 160 + n));
});

Deno.test("blockLinks() with the true hidden size keeps the slip of drawing from fewer features apart", () => {
  const sample = sampleNodes({ sample: 0, blocks: 1, features: 8, layerSample: 2 });
  const weights = [{
    queryKeyValue: new Float64Array(12),
    dense: new Float64Array(4),
    denseHTo4h: new Float64Array(8),
    dense4hToH: new Float64Array(8),
  }];
  const ones = (hidden: number) =>
    blockLinks(sample, weights, { hidden }).links[1]!.weights.reduce(
      (sum, weight) => sum + weight,
      0,
    );
  assert.equal(ones(8), 2 + 4 * 2);
  // All rows drawn lie in the identity part of a layer of 32.
  assert.equal(ones(32), 2);
});

Deno.test("blockLinks() refuses weights that do not fit the sample, naming matrix and block", () => {
  const sample = sampleNodes({ sample: 0, blocks: 1, features: 8, layerSample: 2 });
  const weights = {
    queryKeyValue: new Float64Array(12),
    dense: new Float64Array(5),
    denseHTo4h: new Float64Array(8),
    dense4hToH: new Float64Array(8),
  };
  assert.throws(
    () => blockLinks(sample, [weights]),
    /dense of block 0 holds 5 weights, but 2 × 2 neurons/,
  );
  assert.throws(() => blockLinks(sample, []), /Block 0 of 1 has no weights/);
});
