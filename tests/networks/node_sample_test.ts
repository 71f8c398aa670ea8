import assert from "node:assert/strict";
import { sampleNodes } from "../../lib/networks/node_sample.ts";
import { readGolden } from "../golden/golden.ts";

interface GoldenSamples {
  blocks: number;
  layer_sample: number;
  features: number;
  seeds: Record<string, Record<`nums${1 | 2 | 3 | 4 | 5 | 6}`, number[]>[]>;
}

Deno.test("sampleNodes() draws the published code's neurons, bit for bit, for every recorded seed", () => {
  const { net_samples } = readGolden<{ net_samples: GoldenSamples[] }>("sampling");
  let samples = 0;
  for (const { blocks, layer_sample, features, seeds } of net_samples) {
    for (const [seed, expected] of Object.entries(seeds)) {
      const drawn = sampleNodes({
        sample: Number(seed),
        blocks,
        features,
        layerSample: layer_sample,
      });
      assert.deepEqual(
        drawn.blocks.map(({ n1, n2, n3, n4, n5 }) => [n1, n2, n3, n4, n5].map((n) => [...n])),
        expected.map((
          { nums1, nums2, nums3, nums4, nums5 },
        ) => [nums1, nums2, nums3, nums4, nums5]),
      );
      assert.deepEqual([...drawn.n6], expected.at(-1)!.nums6);
      samples++;
    }
  }
  assert.equal(samples, 14);
});

Deno.test("sampleNodes() refuses to draw more neurons than a layer has, saying how many there are", () => {
  assert.throws(() => sampleNodes({ sample: 0, blocks: 4, features: 64, layerSample: 128 }), {
    name: "RangeError",
    message: "layer_sample 128 exceeds the 64 neurons of a layer; choose layer_sample 64 or less.",
  });
});

Deno.test("sampleNodes() can draw a whole layer", () => {
  const { n6 } = sampleNodes({ sample: 0, blocks: 1, features: 64, layerSample: 64 });
  assert.deepEqual([...n6].sort((a, b) => a - b), Array.from({ length: 64 }, (_, i) => i));
});

Deno.test("sampleNodes() refuses sizes that are no positive integers", () => {
  const sizes = { sample: 0, blocks: 2, features: 8, layerSample: 3 };
  assert.throws(
    () => sampleNodes({ ...sizes, blocks: 0 }),
    /blocks must be a positive integer, but it is 0/,
  );
  assert.throws(
    () => sampleNodes({ ...sizes, features: 7.5 }),
    /features must be .* but it is 7.5/,
  );
  assert.throws(
    () => sampleNodes({ ...sizes, layerSample: NaN }),
    /layer_sample must be .* it is NaN/,
  );
});
