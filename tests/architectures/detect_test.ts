import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint, TensorInfo } from "../../lib/checkpoints/checkpoint.ts";
import { openFolderCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { syntheticCheckpoint } from "../golden/synthetic_checkpoint.ts";
import { throwsError } from "../helpers/throws_error.ts";

const tinyFolder = fileURLToPath(new URL("../golden/checkpoints/tiny", import.meta.url));
const tiny = await openFolderCheckpoint(tinyFolder, "tiny", 0);
const dense = "gpt_neox.layers.1.attention.dense.weight";

/** The tiny checkpoint with another config. */
function withConfig(config: Record<string, unknown> | null): Checkpoint {
  return { ...tiny, source: "tiny", config };
}

/** The tiny checkpoint with its list of tensors changed and no config. */
function withTensors(change: (tensors: Map<string, TensorInfo>) => void): Checkpoint {
  const tensors = new Map(tiny.tensors);
  change(tensors);
  return { ...tiny, source: "tiny", config: null, tensors };
}

function withTensor(name: string, shape: number[], dtype = "F16"): Checkpoint {
  return withTensors((tensors) => tensors.set(name, { name, dtype, shape }));
}

/** The tiny checkpoint with its tensors named otherwise. */
function renamed(rename: (name: string) => string): Checkpoint {
  return withTensors((tensors) => {
    const all = [...tensors.values()];
    tensors.clear();
    for (const tensor of all) {
      const name = rename(tensor.name);
      tensors.set(name, { ...tensor, name });
    }
  });
}

Deno.test("GPT-NeoX: the tiny checkpoint's layers and matrices, worked out by hand", () => {
  const { family, heads, layers, matrices, patterns, draws } = detectArchitecture(tiny);
  assert.deepEqual({ family, heads }, { family: "gpt_neox", heads: 2 });
  assert.deepEqual(layers.map((layer) => layer.size), [8, 24, 8, 8, 32, 8, 24, 8, 8, 32, 8]);
  assert.deepEqual(layers.map((layer) => layer.block), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
  assert.deepEqual(layers.slice(5).map((layer) => layer.name), [
    "block 1 block input",
    "block 1 query, key, value",
    "block 1 attention output",
    "block 1 feed-forward input",
    "block 1 feed-forward hidden",
    "block 1 block output",
  ]);
  assert.deepEqual(
    matrices.map(({ role, block, rows, columns, from, to }) =>
      `${block} ${role} [${rows}, ${columns}] ${from}-${to}`
    ),
    [
      "0 attention.query_key_value [24, 8] 0-1",
      "0 attention.dense [8, 8] 2-3",
      "0 mlp.dense_h_to_4h [32, 8] 3-4",
      "0 mlp.dense_4h_to_h [8, 32] 4-5",
      "1 attention.query_key_value [24, 8] 5-6",
      "1 attention.dense [8, 8] 7-8",
      "1 mlp.dense_h_to_4h [32, 8] 8-9",
      "1 mlp.dense_4h_to_h [8, 32] 9-10",
    ],
  );
  for (const { tensor, role, block, first, orientation, kernel, fused } of matrices) {
    assert.equal(tensor, `gpt_neox.layers.${block}.${role}.weight`);
    assert.deepEqual([first, orientation, kernel], [0, "out, in", 1]);
    assert.equal(fused, role === "attention.query_key_value");
  }
  assert.deepEqual(patterns, [
    { role: "attention", block: 0, from: 1, to: 2, paired: 8 },
    { role: "attention", block: 1, from: 6, to: 7, paired: 8 },
  ]);
  assert.deepEqual(
    draws.map(({ size, times, layers }) =>
      `${times}s of ${size}: ${
        layers.map(({ layer, parts }) => `${layer} + ${parts.map(({ first }) => first)}`).join("; ")
      }`
    ),
    [
      "1s of 8: 0 + 0",
      "1s of 8: 1 + 0,8,16; 2 + 0",
      "1s of 8: 3 + 0",
      "2s of 32: 4 + 0",
      "1s of 8: 5 + 0",
      "1s of 8: 6 + 0,8,16; 7 + 0",
      "1s of 8: 8 + 0",
      "2s of 32: 9 + 0",
      "1s of 8: 10 + 0",
    ],
  );
  assert.ok(draws.every(({ allOfFew }) => !allOfFew));
  assert.equal(new Set(layers.map((layer) => layer.name)).size, layers.length);
});

Deno.test("GPT-NeoX: sizes of the golden checkpoints come from their tensors", async () => {
  const folder = await syntheticCheckpoint("pythia-14m", 0);
  const architecture = detectArchitecture(await openFolderCheckpoint(folder, "pythia-14m", 0));
  const { heads, layers, matrices } = architecture;
  assert.equal(heads, 4);
  assert.deepEqual(layers.slice(-6).map(({ size }) => size), [128, 384, 128, 128, 512, 128]);
  assert.equal(layers.length, 31);
  assert.equal(matrices.length, 24);
});

Deno.test("GPT-NeoX is recognised by model_type, by architectures or by tensor names", () => {
  const { heads: _, ...expected } = detectArchitecture(tiny);
  const architectures = ["GPTNeoXForCausalLM"];
  for (const config of [{ model_type: "gpt_neox" }, { architectures }, {}, null]) {
    const { heads, ...found } = detectArchitecture(withConfig(config));
    assert.deepEqual(found, expected);
    assert.equal(heads, null);
  }
});

Deno.test("GPT-NeoX: the prefix gpt_neox. may be missing", () => {
  const bare = renamed((name) => name.replace("gpt_neox.", ""));
  const { matrices } = detectArchitecture(bare);
  assert.equal(matrices.length, 8);
  assert.equal(matrices[7]!.tensor, "layers.1.mlp.dense_4h_to_h.weight");
});

Deno.test("GPT-NeoX: the MLP need not be four times as wide", () => {
  const narrow = withTensors((tensors) => {
    for (const [name, tensor] of tensors) {
      if (name.endsWith("h_to_4h.weight")) tensors.set(name, { ...tensor, shape: [20, 8] });
      if (name.endsWith("4h_to_h.weight")) tensors.set(name, { ...tensor, shape: [8, 20] });
    }
  });
  const { layers } = detectArchitecture(narrow);
  assert.equal(layers[4]!.size, 20);
});

Deno.test("GPT-NeoX: blocks 10 and above come after block 9", () => {
  const deep = withTensors((tensors) => {
    for (const tensor of [...tensors.values()]) {
      for (let block = 2; block < 12; block++) {
        const name = tensor.name.replace("layers.1.", `layers.${block}.`);
        tensors.set(name, { ...tensor, name });
      }
    }
    const alphabetical = [...tensors].sort(([a], [b]) => a < b ? -1 : 1);
    tensors.clear();
    for (const [name, tensor] of alphabetical) tensors.set(name, tensor);
  });
  const { matrices } = detectArchitecture(deep);
  assert.equal(matrices.length, 48);
  assert.equal(matrices[47]!.tensor, "gpt_neox.layers.11.mlp.dense_4h_to_h.weight");
});

Deno.test("a config that contradicts the tensors is refused with both values", async () => {
  const contradictions = {
    num_hidden_layers: [3, 2],
    hidden_size: [16, 8],
    intermediate_size: ["32", 32],
  };
  for (const [entry, [configured, measured]] of Object.entries(contradictions)) {
    await throwsError(
      () => detectArchitecture(withConfig({ ...tiny.config, [entry]: configured })),
      new RegExp(
        `of tiny says ${entry} ${JSON.stringify(configured)} but its tensors say ${measured}`,
      ),
    );
  }
  for (const heads of [3, 0, -2, 2.5, 0.5, "2", [2]]) {
    await throwsError(
      () => detectArchitecture(withConfig({ ...tiny.config, num_attention_heads: heads })),
      /says num_attention_heads .*, which does not divide its 8 attention outputs/,
    );
  }
});

Deno.test("a missing tensor or block is refused by the tensor's name", async () => {
  await throwsError(
    () => detectArchitecture(withTensors((tensors) => tensors.delete(dense))),
    /^tiny lacks the tensor gpt_neox\.layers\.1\.attention\.dense\.weight; get the/,
  );
  await throwsError(
    () => detectArchitecture(renamed((name) => name.replace("layers.1.", "layers.999999999."))),
    /^tiny lacks the tensor gpt_neox\.layers\.1\.attention\.query_key_value\.weight/,
  );
  await throwsError(
    () => detectArchitecture({ ...withTensors((tensors) => tensors.clear()), config: tiny.config }),
    /^tiny has no block; get the checkpoint again$/,
  );
});

Deno.test("a tensor of a wrong shape or number format is refused", async () => {
  await throwsError(
    () => detectArchitecture(withTensor(dense, [8, 7])),
    /dense\.weight of tiny has the shape \[8, 7\], but the first block's sizes ask for \[8, 8\]/,
  );
  for (const shape of [[64], [8, 8, 1], [0, 8], []]) {
    await throwsError(
      () => detectArchitecture(withTensor(dense, shape)),
      /dense\.weight of tiny has the shape \[.*\], but a weight matrix has two axes/,
    );
  }
  await throwsError(
    () => detectArchitecture(withTensor(dense, [8, 8], "I8")),
    /dense\.weight of tiny is stored as I8; weights are F64, F32, F16 or BF16/,
  );
});

Deno.test("two chains of blocks, or a matrix that GPT-NeoX has not, are refused by name", async () => {
  const name = "layers.0.attention.dense.weight";
  await throwsError(
    () => detectArchitecture(withTensor(name, [8, 8])),
    /^tiny has two chains of blocks, "gpt_neox\.layers\." and "layers\."; only a model of one/,
  );
  const expert = "gpt_neox.layers.1.mlp.expert.weight";
  await throwsError(
    () => detectArchitecture(withTensor(expert, [8, 8])),
    /^tiny looks like gpt_neox but is another architecture; tensors without a place: \S+mlp\.expert\.weight$/,
  );
  // A norm is a vector and an old file's mask no weight.
  const { matrices } = detectArchitecture(
    withTensor("gpt_neox.layers.0.attention.bias", [1, 1, 9, 9]),
  );
  assert.equal(matrices.length, 8);
});

Deno.test("an unknown architecture is refused with the tensors that had no place", async () => {
  const unknown = {
    ...renamed((name) => `h.${name.replaceAll(/layers|attention/g, "other")}`),
    config: null,
  };
  await throwsError(
    () => detectArchitecture(unknown),
    /^tiny is of no known architecture; known: bert, .*gpt_neox, .*mlp; neuromfa describe .*; tensors without a place: h\.\S+, .* and 5 more$/,
  );
  await throwsError(
    () => detectArchitecture(withConfig({ model_type: "llama" })),
    /^tiny is of no known architecture \(model_type "llama"\); known: bert,/,
  );
  await throwsError(
    () => detectArchitecture(withConfig({ architectures: ["GPTNeoXJapaneseForCausalLM", 7] })),
    /of no known architecture/,
  );
});
