import assert from "node:assert/strict";
import { sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { readGolden } from "../golden/golden.ts";
import { gptNeoXOf } from "./gpt_neox_of.ts";

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
      const { layers } = sampleNodes(gptNeoXOf(blocks, features), {
        sample: Number(seed),
        layerSample: layer_sample,
      });
      assert.deepEqual(
        layers.map((neurons) => [...neurons]),
        [
          ...expected.flatMap(({ nums1, nums2, nums3, nums4, nums5 }) => [
            ...[nums1, nums2, nums3, nums4, nums5],
          ]),
          expected.at(-1)!.nums6,
        ],
      );
      samples++;
    }
  }
  assert.equal(samples, 14);
});

Deno.test("sampleNodes() refuses to draw more neurons than a layer has, saying how many there are", () => {
  assert.throws(() => sampleNodes(gptNeoXOf(4, 64), { sample: 0, layerSample: 128 }), {
    name: "RangeError",
    message: "layerSample 128 exceeds the 64 neurons of a layer; choose layerSample 64 or less",
  });
  assert.throws(() => sampleNodes(gptNeoXOf(1, 64, 96), { sample: 0, layerSample: 49 }), {
    message:
      "layerSample 49 exceeds half of the 96 neurons of a layer; choose layerSample 48 or less",
  });
});

Deno.test("sampleNodes() can draw a whole layer", () => {
  const { layers } = sampleNodes(gptNeoXOf(1, 64), { sample: 0, layerSample: 64 });
  assert.deepEqual(layers.at(-1)!.toSorted(), Int32Array.from({ length: 64 }, (_, i) => i));
});

Deno.test("sampleNodes() draws inside an MLP of any size", () => {
  const { layers } = sampleNodes(gptNeoXOf(1, 8, 20), { sample: 0, layerSample: 3 });
  assert.equal(layers[4]!.length, 6);
  assert.ok(layers[4]!.every((neuron) => neuron < 20));
  // Whatever was drawn before the MLP's inside does not depend on its size.
  const usual = sampleNodes(gptNeoXOf(1, 8), { sample: 0, layerSample: 3 });
  assert.deepEqual(layers.slice(0, 4), usual.layers.slice(0, 4));
});

Deno.test("sampleNodes() takes all of a layer with fewer neurons than should be drawn only where that is declared", () => {
  const { layers, draws } = chainOf(3, 10);
  const sample = sampleNodes({ layers, draws }, { sample: 0, layerSample: 4 });
  assert.deepEqual(sample.layers.map(({ length }) => length), [3, 4]);
  assert.deepEqual([...sample.layers[0]!].sort(), [0, 1, 2]);
  const refusing = draws.map((draw) => ({ ...draw, allOfFew: false }));
  assert.throws(
    () => sampleNodes({ layers, draws: refusing }, { sample: 0, layerSample: 4 }),
    /layerSample 4 exceeds the 3 neurons/,
  );
});

Deno.test("sampleNodes() takes the neuron that heads share once, whichever of them was drawn", () => {
  const { layers } = chainOf(8, 8);
  // Four heads of two, two and two share: 0 1 2 3 go with 0 1 0 1, 4 5 6 7 with 2 3 2 3.
  const parts = [{ first: 4, sharing: 2, headSize: 2 }];
  const draws = [{ size: 8, times: 1, allOfFew: false, layers: [{ layer: 0, parts }] }] as const;
  const whole = sampleNodes({ layers, draws }, { sample: 0, layerSample: 8 });
  assert.deepEqual([...whole.layers[0]!].sort(), [4, 5, 6, 7]);
  const plain = [{ first: 0, sharing: 1, headSize: 1 }];
  const both = [{ ...draws[0], layers: [{ layer: 0, parts }, { layer: 1, parts: plain }] }];
  const some = sampleNodes({ layers, draws: both }, { sample: 1, layerSample: 3 });
  const shared = [...some.layers[1]!].map((x) => [4, 5, 4, 5, 6, 7, 6, 7][x]);
  assert.deepEqual([...some.layers[0]!], [...new Set(shared)]);
});

Deno.test("sampleNodes() refuses a size that is no positive integer", () => {
  for (const layerSample of [NaN, 0, 2.5, 1e9]) {
    assert.throws(
      () => sampleNodes(gptNeoXOf(2, 8), { sample: 0, layerSample }),
      new RegExp(`layerSample must be an integer from 1 to 16777216, but it is ${layerSample}`),
    );
  }
});

/** Two layers, drawn one after the other, all neurons of a narrow one. */
function chainOf(...sizes: number[]) {
  const parts = [{ first: 0, sharing: 1, headSize: 1 }];
  return {
    layers: sizes.map((size, layer) => ({
      ...{ name: `layer ${layer}`, block: layer, role: "layer", size, learned: true },
    })),
    draws: sizes.map((size, layer) => ({
      ...{ size, times: 1, allOfFew: true, layers: [{ layer, parts }] } as const,
    })),
  };
}
