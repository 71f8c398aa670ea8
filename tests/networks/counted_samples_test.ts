import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint, FloatType } from "../../lib/checkpoints/checkpoint.ts";
import {
  countedEdges,
  countedMasses,
  countedNodeLayers,
} from "../../lib/networks/counted_masses.ts";
import { areWorthCounting, countSamples } from "../../lib/networks/counted_samples.ts";
import { lengthBins } from "../../lib/networks/full/length_bins.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { networksOfCheckpoint } from "../../lib/networks/sample_networks.ts";
import { drawSamples } from "../../lib/networks/sample_nodes.ts";
import { memoryCheckpoint } from "../helpers/memory_checkpoint.ts";
import { families, type Family, gptNeoX } from "./small_families.ts";

const falcon: Family = [{
  "h.0.self_attention.query_key_value.weight": [32, 16],
  "h.0.self_attention.dense.weight": [16, 16],
  "h.0.mlp.dense_h_to_4h.weight": [64, 16],
  "h.0.mlp.dense_4h_to_h.weight": [16, 64],
}, {
  ...{ model_type: "falcon", hidden_size: 16, num_attention_heads: 4, num_kv_heads: 2 },
  new_decoder_architecture: true,
}];
const branches: Family = [{
  "body.weight": [32, 33],
  "policy.0.weight": [24, 32],
  "policy.2.weight": [20, 24],
  "value.0.weight": [28, 32],
  "value.2.weight": [20, 28],
}, null];
const models = { ...families, falcon, branches };
const formats: readonly FloatType[] = ["F16", "BF16", "F32", "F64"];
const ways = [
  { threshold: 150, minimumEdges: 10, digits: 0 },
  { threshold: 40.5, minimumEdges: 4, digits: 0 },
  { threshold: 60, minimumEdges: 0, digits: 2 },
];
const dense = "gpt_neox.layers.0.attention.dense.weight";

/** A checkpoint, its layers, and neurons drawn of them. */
function open(checkpoint: Checkpoint, samples = 3, layerSample = 5) {
  const architecture = detectArchitecture(checkpoint);
  const numbered = drawSamples(checkpoint, architecture, samples, layerSample)
    .map((nodes, sample) => ({ sample, nodes }));
  return {
    opened: { model: "memory", step: 0, digest: "", checkpoint, architecture },
    samples: numbered,
  };
}

/**
 * What counting gives of every sample, and what listing every edge gives, in some ways of growing
 * boxes.
 */
async function bothOf(checkpoint: Checkpoint) {
  const { opened, samples } = open(checkpoint);
  const lengths = ways.map(({ threshold, digits }) => lengthBins(1, threshold, digits));
  const counted = await Array.fromAsync(countSamples(opened, samples, lengths));
  const options = { qkv: "reference", edges: "all" } as const;
  const listed = await Array.fromAsync(networksOfCheckpoint(opened, samples, options));
  return {
    counted: counted.map((sample) => ({
      edges: countedEdges(sample),
      layers: countedNodeLayers(sample),
      masses: ways.map(({ minimumEdges }, way) => countedMasses(sample, way, minimumEdges)),
    })),
    listed: listed.map(({ network }) => ({
      edges: network.lengths.length,
      layers: network.nodeLayers,
      masses: ways.map((way) => growBoxes(network, way)),
    })),
  };
}

for (const [name, [shapes, config]] of Object.entries(models)) {
  Deno.test(`countSamples() of ${name} has the masses of networks with every length, in every format`, async () => {
    for (const format of formats) {
      const { counted, listed } = await bothOf(memoryCheckpoint(shapes, format, config));
      assert.equal(counted.length, 3);
      assert.deepEqual(counted, listed, format);
      assert.ok(counted.some(({ masses }) => masses[1]!.selected.length > 0));
    }
  });
}

Deno.test("countSamples() gives no mass to weights of zero, and the same to identical neurons", async () => {
  for (const format of formats) {
    const checkpoint = memoryCheckpoint(gptNeoX, format, null, (values, name) => {
      if (name === dense) values.fill(0.1).fill(-0, 0, 40);
      if (name.includes("mlp")) values.forEach((_, i) => values[i] = i % 7 === 0 ? 0.03 : 0);
    });
    const { counted, listed } = await bothOf(checkpoint);
    assert.deepEqual(counted, listed, format);
  }
  const empty = memoryCheckpoint(gptNeoX, "BF16", null, (values) => values.fill(0));
  const { opened, samples } = open(empty);
  const lengths = [lengthBins(1, 150, 0)];
  for await (const sample of countSamples(opened, samples, lengths)) {
    const { nodes, edges, radii, selected } = countedMasses(sample, 0, 0);
    // What is left are the fixed edges of 5 queries to one neuron each, and of 5 keys and 5 values
    // to all 16.
    assert.deepEqual([nodes, edges, radii.length, selected.length], [15, 5 + 10 * 16, 0, 0]);
  }
});

Deno.test("countSamples() reads each matrix once for ten samples, however many parts it is read in", async () => {
  const shapes = { "0.weight": [700, 512], "1.weight": [64, 700], "2.weight": [40, 64] };
  const checkpoint = memoryCheckpoint(shapes, "F32");
  const rowsRead = new Map<string, number[]>();
  const { opened, samples } = open(
    {
      ...checkpoint,
      read: (name, rows) => {
        for (const { start, end } of rows!) {
          for (let row = start; row < end; row++) {
            rowsRead.set(name, [...rowsRead.get(name) ?? [], row]);
          }
        }
        return checkpoint.read(name, rows);
      },
    },
    10,
    32,
  );
  const lengths = [lengthBins(1, 150, 0), lengthBins(0, 100, 0)];
  assert.equal((await Array.fromAsync(countSamples(opened, samples, lengths))).length, 10);
  for (const [name, [rows]] of Object.entries(shapes)) {
    assert.deepEqual(rowsRead.get(name), [...Array(rows).keys()], name);
  }
});

Deno.test("countSamples() counts more rows than 16 bits do, and samples in turns where their histograms are many", async () => {
  const tall = memoryCheckpoint({ "0.weight": [70_000, 8] }, "BF16", null, (values) => {
    values.forEach((_, i) => values[i] = i % 8 === 3 ? 0.125 : 0.5);
  });
  const { opened, samples } = open(tall, 1, 8);
  const [sample] = await Array.fromAsync(
    countSamples(opened, samples, [lengthBins(1, 150, 0)]),
  );
  const { radii, counts } = countedMasses(sample!, 0, 0);
  assert.deepEqual([...radii], [2, 8]);
  assert.deepEqual([...counts.subarray(0, 8)], [70_000, 0, 70_000, 0, 70_000, 0, 0, 70_000]);

  const checkpoint = memoryCheckpoint({ "0.weight": [64, 512], "1.weight": [8, 64] }, "F32");
  let reads = 0;
  const many = open(
    { ...checkpoint, read: (...asked) => (reads++, checkpoint.read(...asked)) },
    3,
    64,
  );
  const lengths = [lengthBins(1, 600, 2)];
  const inTurns = await Array.fromAsync(countSamples(many.opened, many.samples, lengths));
  assert.deepEqual(inTurns.map(({ sample }) => sample), [0, 1, 2]);
  assert.equal(reads, 2 * 2);
});

Deno.test("countSamples() refuses weights of drawn neurons that are not finite, and no others", async () => {
  for (const format of formats) {
    for (const wrong of [NaN, Infinity, -Infinity]) {
      let at = 0;
      const checkpoint = () =>
        memoryCheckpoint(gptNeoX, format, null, (values, name) => {
          if (name === dense) values[3 * 16 + at] = wrong;
        });
      const { samples } = open(checkpoint());
      const drawn = new Set(samples.flatMap(({ nodes }) => [...nodes.layers[2]!]));
      const lengths = [lengthBins(1, 150, 0)];
      const count = () =>
        Array.fromAsync(countSamples(open(checkpoint()).opened, samples, lengths));
      at = [...Array(16).keys()].find((neuron) => !drawn.has(neuron))!;
      assert.equal((await count()).length, 3);
      at = [...drawn][1]!;
      await assert.rejects(count(), {
        name: "RangeError",
        message:
          `${dense} of memory holds a weight from neuron ${at} of block 0 attention output ` +
          "that is not finite; such a checkpoint cannot be measured",
      });
    }
  }
});

Deno.test("countSamples() refuses fewer weights than there should be", async () => {
  const checkpoint = memoryCheckpoint({ "0.weight": [20, 8] }, "F16");
  const { opened, samples } = open({
    ...checkpoint,
    read: async (name, rows) => {
      const { bytes, ...rest } = await checkpoint.read(name, rows);
      return { ...rest, bytes: bytes.subarray(2) };
    },
  });
  const lengths = [lengthBins(1, 150, 0)];
  await assert.rejects(
    Array.fromAsync(countSamples(opened, samples, lengths)),
    /0\.weight of memory gave 159 weights for 20 rows of 8; the file may be damaged/,
  );
});

Deno.test("areWorthCounting() says no where histograms are many and larger than the weights", () => {
  const { opened, samples } = open(memoryCheckpoint({ "0.weight": [64, 512] }, "F32"), 1, 64);
  const worth = (threshold: number, digits: number) =>
    areWorthCounting(opened, samples[0]!, [lengthBins(1, threshold, digits)]);
  assert.equal(worth(150, 0), true);
  assert.equal(worth(655, 2), true);
  const wide = open(memoryCheckpoint({ "0.weight": [64, 512] }, "F32"), 1, 128);
  const lengths = [lengthBins(1, 655, 2)];
  assert.equal(areWorthCounting(wide.opened, wide.samples[0]!, lengths), false);
});
