import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint, RowRange } from "../../lib/checkpoints/checkpoint.ts";
import { sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { readWeights } from "../../lib/networks/read_weights.ts";
import { gptNeoXOf } from "./gpt_neox_of.ts";

const hidden = 8;
const shapes = {
  "attention.query_key_value": [24, 8],
  "attention.dense": [8, 8],
  "mlp.dense_h_to_4h": [32, 8],
  "mlp.dense_4h_to_h": [8, 32],
} as const;

/** A checkpoint of two blocks whose weight in row j, column i of block b is 10000 b + 100 j + i. */
function countingCheckpoint(heads: number | null = 2) {
  const reads: { name: string; rows: number[] }[] = [];
  const tensors = new Map([0, 1].flatMap((block) =>
    Object.entries(shapes).map(([role, shape]) => {
      const name = `gpt_neox.layers.${block}.${role}.weight`;
      return [name, { name, dtype: "F64", shape }] as const;
    })
  ));
  const checkpoint: Checkpoint = {
    model: "counting",
    step: 0,
    source: "counting/step0",
    config: heads === null ? null : { model_type: "gpt_neox", num_attention_heads: heads },
    tensors,
    digest: () => Promise.resolve("0".repeat(64)),
    read(name: string, ranges: readonly RowRange[] = []) {
      const columns = tensors.get(name)!.shape[1]!;
      const rows = ranges.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, i) => start + i)
      );
      reads.push({ name, rows });
      const block = Number(name.split(".")[2]);
      const values = rows.flatMap((j) =>
        Array.from({ length: columns }, (_, i) => 10000 * block + 100 * j + i)
      );
      const bytes = new Uint8Array(Float64Array.from(values).buffer);
      return Promise.resolve({ dtype: "F64", shape: [rows.length, columns], bytes });
    },
  };
  return { checkpoint, reads, architecture: detectArchitecture(checkpoint) };
}

const samples = [0, 1, 2].map((sample) =>
  sampleNodes(gptNeoXOf(2, hidden), { sample, layerSample: 3 })
);

/** What lies at the rows given and the columns drawn, row-major [sources × targets]. */
function expected(block: number, sources: Int32Array, rows: ArrayLike<number>): number[] {
  return [...sources].flatMap((i) => Array.from(rows, (j) => 10000 * block + 100 * j + i));
}

Deno.test("readWeights() gives row j, column i of a matrix as the weight from neuron i to neuron j", async () => {
  const { checkpoint, architecture } = countingCheckpoint();
  const options = { qkv: "reference", edges: "sampled" } as const;
  const read = await readWeights(checkpoint, architecture, samples, options);
  assert.equal(read.length, 3);
  for (const [k, { layers }] of samples.entries()) {
    const from = (layer: number, block: number) =>
      expected(block, layers[layer]!, layers[layer + 1]!);
    assert.deepEqual(
      read[k]!.map((weights) => [...weights]),
      [0, 1].flatMap((block) => [0, 2, 3, 4].map((layer) => from(5 * block + layer, block))),
    );
  }
});

Deno.test("readWeights() finds query, key and value head by head where they are stored so", async () => {
  const { checkpoint, architecture } = countingCheckpoint(2);
  const options = { qkv: "per-head", edges: "sampled" } as const;
  const [weights] = await readWeights(checkpoint, architecture, samples, options);
  const [n1, , n3] = samples[0]!.layers.slice(5);
  // Heads of size 4: neuron x is number x mod 4 of head x div 4, whose queries begin at row 12 · head.
  const rows = [0, 1, 2].flatMap((part) =>
    Array.from(n3!, (x) => 12 * Math.floor(x / 4) + 4 * part + x % 4)
  );
  assert.deepEqual([...weights![4]!], expected(1, n1!, rows));
});

Deno.test("readWeights() with all edges gives every row of a matrix", async () => {
  const { checkpoint, architecture } = countingCheckpoint();
  const options = { qkv: "reference", edges: "all" } as const;
  const [weights] = await readWeights(checkpoint, architecture, samples.slice(0, 1), options);
  const [n1, , , n4] = samples[0]!.layers;
  assert.deepEqual([...weights![0]!], expected(0, n1!, [...Array(24).keys()]));
  assert.deepEqual([...weights![2]!], expected(0, n4!, [...Array(32).keys()]));
});

Deno.test("readWeights() reads each matrix once, the rows of all samples together and ascending", async () => {
  const { checkpoint, reads, architecture } = countingCheckpoint();
  const options = { qkv: "reference", edges: "sampled" } as const;
  await readWeights(checkpoint, architecture, samples, options);
  assert.deepEqual(reads.map(({ name }) => name), [...checkpoint.tensors.keys()]);
  const union = new Set(samples.flatMap(({ layers }) => [...layers[3]!]));
  assert.deepEqual(reads[1]!.rows, [...union].sort((a, b) => a - b));
  assert.ok(union.size < 8);
});

Deno.test("readWeights() refuses per-head without a number of heads", async () => {
  const { checkpoint, architecture } = countingCheckpoint(null);
  await assert.rejects(
    readWeights(checkpoint, architecture, samples, { qkv: "per-head", edges: "all" }),
    /needs the number of heads: put a config\.json/,
  );
});
