import assert from "node:assert/strict";
import { detectArchitecture, families } from "../../lib/architectures/detect.ts";
import { recognises } from "../../lib/architectures/recognise.ts";
import { throwsError } from "../helpers/throws_error.ts";
import {
  bert,
  type Block,
  blocks,
  edges,
  llama,
  matrix,
  model,
  named,
  type Rows,
  shared,
  transposed,
} from "./tiny_blocks.ts";
import { shapesOnly, type TinyTensors, wholeNetwork, withTiny } from "./tiny_models.ts";

const heads = { num_attention_heads: 2 };

/** What each family calls the six matrices that BERT has. */
const separate: Record<string, (block: Block, number: number) => TinyTensors> = {
  gptj: named((n) => `transformer.h.${n}.`, [
    ...["q", "k", "v", "out"].map((name) => `attn.${name}_proj`),
    ...["mlp.fc_in", "mlp.fc_out"],
  ]),
  opt: named((n) => `model.decoder.layers.${n}.`, [
    ...["q", "k", "v", "out"].map((name) => `self_attn.${name}_proj`),
    ...["fc1", "fc2"],
  ]),
  gguf: named((n) => `blk.${n}.`, [
    ...["q", "k", "v", "output"].map((name) => `attn_${name}`),
    ...["ffn_up", "ffn_down"],
  ]),
  distilbert: named((n) => `distilbert.transformer.layer.${n}.`, [
    ...["q", "k", "v", "out"].map((name) => `attention.${name}_lin`),
    ...["ffn.lin1", "ffn.lin2"],
  ]),
};

for (const [family, naming] of Object.entries(separate)) {
  Deno.test(`${family}: the network is BERT's of the same matrices`, async () => {
    const { network } = await edges(model(bert));
    assert.deepEqual(await edges(model(naming)), { family, network });
  });
}

Deno.test("phi3: the network is Llama's of the same matrices, with and without shared keys", async () => {
  for (const chosen of [blocks, shared]) {
    const { network } = await edges(model(llama, chosen), heads);
    const fused = model(({ q, k, v, o, gate, up, down }, n) => ({
      [`model.layers.${n}.self_attn.qkv_proj.weight`]: [...q, ...k, ...v],
      [`model.layers.${n}.self_attn.o_proj.weight`]: o,
      [`model.layers.${n}.mlp.gate_up_proj.weight`]: [...gate, ...up],
      [`model.layers.${n}.mlp.down_proj.weight`]: down,
    }), chosen);
    assert.deepEqual(await edges(fused, heads), { family: "phi3", network });
  }
});

Deno.test("modernbert: the network is Llama's of the same matrices", async () => {
  const { network } = await edges(model(llama));
  const fused = model(({ q, k, v, o, gate, up, down }, n) => ({
    [`model.layers.${n}.attn.Wqkv.weight`]: [...q, ...k, ...v],
    [`model.layers.${n}.attn.Wo.weight`]: o,
    [`model.layers.${n}.mlp.Wi.weight`]: [...gate, ...up],
    [`model.layers.${n}.mlp.Wo.weight`]: down,
  }));
  assert.deepEqual(await edges(fused), { family: "modernbert", network });
});

Deno.test("falcon: query, key and value are found head by head, group by group, or one after another", async () => {
  const falcon = (fuse: (block: Block) => Rows, of: Block[]) =>
    model((block, n) => ({
      [`transformer.h.${n}.self_attention.query_key_value.weight`]: fuse(block),
      [`transformer.h.${n}.self_attention.dense.weight`]: block.o,
      [`transformer.h.${n}.mlp.dense_h_to_4h.weight`]: block.up,
      [`transformer.h.${n}.mlp.dense_4h_to_h.weight`]: block.down,
    }), of);
  const plain = await edges(model(bert, blocks), heads);
  const perHead = falcon(
    ({ q, k, v }) => [0, 2].flatMap((i) => [q, k, v].flatMap((rows) => rows.slice(i, i + 2))),
    blocks,
  );
  assert.equal((await edges(perHead, heads)).network, plain.network);
  const one = await edges(model(bert, shared), heads);
  const stacked = falcon(({ q, k, v }) => [...q, ...k, ...v], shared);
  assert.equal((await edges(stacked, { ...heads, multi_query: true })).network, one.network);
  // Hidden size 4, four heads of one neuron, two and two with a key of their own.
  const grouped = falcon(
    ({ q, k, v }) => [0, 1].flatMap((i) => [q[2 * i]!, q[2 * i + 1]!, k[i]!, v[i]!]),
    shared,
  );
  const four = { num_attention_heads: 4, num_kv_heads: 2, new_decoder_architecture: true };
  assert.deepEqual(await edges(grouped, four), {
    family: "falcon",
    network: (await edges(model(bert, shared), { num_attention_heads: 4 })).network,
  });
});

Deno.test("transformer_lens: attention stored head by head, with three axes, is BERT's or Llama's", async () => {
  /** Heads of 2 neurons, [heads, in, head size]. */
  const byHead = (rows: Rows) =>
    Array.from({ length: rows.length / 2 }, (_, i) => transposed(rows.slice(2 * i, 2 * i + 2)));
  for (const [chosen, mark] of [[blocks, ""], [shared, "_"]] as const) {
    for (const gated of [false, true]) {
      const lens = model((block, n) => ({
        [`blocks.${n}.attn.W_Q`]: byHead(block.q),
        [`blocks.${n}.attn.${mark}W_K`]: byHead(block.k),
        [`blocks.${n}.attn.${mark}W_V`]: byHead(block.v),
        [`blocks.${n}.attn.W_O`]: [0, 2].map((i) => transposed(block.o).slice(i, i + 2)),
        [`blocks.${n}.attn.b_Q`]: matrix(2, 2),
        [`blocks.${n}.attn.mask`]: matrix(3, 3),
        [`blocks.${n}.mlp.W_in`]: transposed(block.up),
        ...gated && { [`blocks.${n}.mlp.W_gate`]: transposed(block.gate) },
        [`blocks.${n}.mlp.W_out`]: transposed(block.down),
      }), chosen);
      const { network } = await edges(model(gated ? llama : bert, chosen), heads);
      assert.deepEqual(await edges(lens, { n_heads: 2, ...heads }), {
        family: "transformer_lens",
        network,
      });
    }
  }
});

Deno.test("gguf: a gated MLP is Llama's, and query, key and value may be one matrix", async () => {
  const gated = (block: Block, n: number) => ({
    ...separate.gguf!(block, n),
    [`blk.${n}.ffn_gate.weight`]: block.gate,
  });
  const { network } = await edges(model(llama, shared), heads);
  assert.deepEqual(await edges(model(gated, shared), heads), { family: "gguf", network });
  const fused = model(({ q, k, v, o, up, down }, n) => ({
    [`blk.${n}.attn_qkv.weight`]: [...q, ...k, ...v],
    [`blk.${n}.attn_output.weight`]: o,
    [`blk.${n}.ffn_up.weight`]: up,
    [`blk.${n}.ffn_down.weight`]: down,
  }));
  const plain = await edges(model(bert));
  assert.deepEqual(await edges(fused), { family: "gguf", network: plain.network });
});

Deno.test("short names, timm's and torch's own layers among them, are transformers whatever the list of blocks is called", async () => {
  const { network } = await edges(model(bert));
  for (
    const [list, fused, out, up, down] of [
      ["blocks", "attn.qkv.weight", "attn.proj", "mlp.fc1", "mlp.fc2"],
      ["blocks", "attn.c_attn.weight", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"],
      ["net.layers", "attn.qkv.weight", "attn.proj", "mlp.up", "mlp.down"],
      ["transformer.resblocks", "attn.in_proj_weight", "attn.out_proj", "mlp.c_fc", "mlp.c_proj"],
      ["encoder.layers", "self_attn.in_proj_weight", "self_attn.out_proj", "linear1", "linear2"],
    ]
  ) {
    const tensors = model((block, n) => ({
      [`${list}.${n}.${fused}`]: [...block.q, ...block.k, ...block.v],
      [`${list}.${n}.${out}.weight`]: block.o,
      [`${list}.${n}.${up}.weight`]: block.up,
      [`${list}.${n}.${down}.weight`]: block.down,
      [`${list}.${n}.attn.causal_mask`]: matrix(3, 3),
    }));
    assert.deepEqual(await edges(tensors), { family: "transformer", network });
  }
  for (
    const names of [
      [...["q", "k", "v", "out"].map((name) => `attn.${name}_proj`), "mlp.fc1", "mlp.fc2"],
      [
        ...["query", "key", "value", "out"].map((name) => `sa.${name}_proj`),
        "ffwd.lin1",
        "ffwd.lin2",
      ],
    ]
  ) {
    const tensors = model(named((n) => `layers.${n}.`, names));
    assert.deepEqual(await edges(tensors), { family: "transformer", network });
  }
});

Deno.test("nanoGPT: matrices stored [out, in] under GPT-2's names are told by their shapes", async () => {
  const gpt2 = (store: (rows: Rows) => Rows, prefix: string) =>
    model(({ q, k, v, o, up, down }, n) => ({
      [`${prefix}h.${n}.attn.c_attn.weight`]: store([...q, ...k, ...v]),
      [`${prefix}h.${n}.attn.c_proj.weight`]: store(o),
      [`${prefix}h.${n}.mlp.c_fc.weight`]: store(up),
      [`${prefix}h.${n}.mlp.c_proj.weight`]: store(down),
      [`${prefix}h.${n}.attn.bias`]: [[[[1, 0], [1, 1]]]],
    }));
  const { network } = await edges(model(bert));
  for (const prefix of ["", "transformer.", "_orig_mod.transformer.", "module._orig_mod.model."]) {
    assert.deepEqual(await edges(gpt2((rows) => rows, prefix)), { family: "gpt2", network });
    assert.deepEqual(await edges(gpt2(transposed, prefix)), { family: "gpt2", network });
  }
});

Deno.test("mixtral: one expert is Llama's MLP; of two each has its layers, and the router is left out", async () => {
  const { network } = await edges(model(llama, shared), heads);
  const experts = (count: number, olmoe: boolean) =>
    model((block, n) => {
      const at = `model.layers.${n}.`;
      const place = `${at}${olmoe ? "mlp" : "block_sparse_moe"}.`;
      const names = olmoe ? ["gate_proj", "up_proj", "down_proj"] : ["w1", "w3", "w2"];
      const own = Object.entries(llama(block, n)).filter(([name]) => name.includes("self_attn"));
      const of = Array.from({ length: count }, (_, e) =>
        ["gate", "up", "down"].map((role, i) => [
          `${place}experts.${e}.${names[i]}.weight`,
          block[role as "gate" | "up" | "down"],
        ])).flat();
      return Object.fromEntries([...own, ...of, [`${place}gate.weight`, matrix(count, 4)]]);
    }, shared);
  for (const olmoe of [false, true]) {
    assert.deepEqual(await edges(experts(1, olmoe), heads), { family: "mixtral", network });
  }
  await withTiny(experts(2, false), heads, (checkpoint) => {
    const { layers, matrices, ignored } = detectArchitecture(checkpoint);
    assert.deepEqual(layers.slice(3, 8).map(({ name, size }) => `${name}: ${size}`), [
      "block 0 feed-forward input: 4",
      "block 0 expert 0 gate, up: 6",
      "block 0 expert 0 hidden: 3",
      "block 0 expert 1 gate, up: 6",
      "block 0 expert 1 hidden: 3",
    ]);
    assert.equal(matrices.length, 2 * (4 + 2 * 3));
    assert.equal(ignored!.length, 2);
    assert.match(ignored![0]!.reason, /^router/);
  });
});

/** T5 of one encoder and one decoder block. */
function t5(gated: boolean): TinyTensors {
  const attention = (name: string, { q, k, v, o }: Block) => ({
    ...{ [`${name}.q.weight`]: q, [`${name}.k.weight`]: k },
    ...{ [`${name}.v.weight`]: v, [`${name}.o.weight`]: o },
  });
  const inside = (name: string, { gate, up, down }: Block) => ({
    ...gated
      ? { [`${name}.wi_0.weight`]: gate, [`${name}.wi_1.weight`]: up }
      : { [`${name}.wi.weight`]: up },
    [`${name}.wo.weight`]: down,
  });
  const [one, two] = blocks as [Block, Block];
  return {
    "shared.weight": matrix(5, 4),
    ...attention("encoder.block.0.layer.0.SelfAttention", one),
    "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight": matrix(8, 2),
    ...inside("encoder.block.0.layer.1.DenseReluDense", one),
    ...attention("decoder.block.0.layer.0.SelfAttention", two),
    ...attention("decoder.block.0.layer.1.EncDecAttention", one),
    ...inside("decoder.block.0.layer.2.DenseReluDense", two),
  };
}

Deno.test("t5: its encoder is BERT's network or, with a gate, Llama's; the decoder reads the encoder's outputs", async () => {
  for (const gated of [false, true]) {
    const all = t5(gated);
    const own = Object.entries(all).filter(([name]) => name.startsWith("encoder."));
    const encoder = await edges(Object.fromEntries(own));
    assert.equal(encoder.family, "t5");
    const first = [blocks[0]!];
    assert.equal(encoder.network, (await edges(model(gated ? llama : bert, first))).network);
    await withTiny(all, { d_model: 4, num_heads: 2 }, async (checkpoint) => {
      const { layers, matrices, draws } = detectArchitecture(checkpoint);
      const network = await wholeNetwork(checkpoint);
      assert.ok(network.startsWith(encoder.network));
      const crossing = matrices.filter(({ role }) => /EncDecAttention\.[kv]/.test(role));
      assert.deepEqual(
        crossing.map(({ from, to, first }) =>
          `${layers[from]!.name} to ${layers[to]!.name} from ${first}`
        ),
        [4, 8].map((first) =>
          `block 0 encoder output to block 1 cross query, key, value from ${first}`
        ),
      );
      assert.deepEqual(
        draws.flatMap(({ layers }) => layers.map(({ layer }) => layer)).sort((a, b) => a - b),
        [...layers.keys()],
      );
      const parts = ["encoder", "decoder"].map((part) => detectArchitecture(checkpoint, { part }));
      assert.equal(parts[0]!.layers.length, gated ? 7 : 6);
      assert.equal(parts[1]!.layers.length, gated ? 10 : 9);
      const reasons = parts[1]!.ignored!.map(({ tensor, reason }) => `${tensor}: ${reason}`);
      assert.ok(
        reasons.includes(
          "decoder.block.0.layer.1.EncDecAttention.k.weight: comes from encoder output, outside",
        ),
      );
    });
  }
});

Deno.test("LeNet: channels lead to the neurons behind them by the norm over all positions", async () => {
  const tensors = {
    "conv1.weight": [[[[3, 4]]], [[[0, 5]]]],
    "fc1.weight": [[1, 2, 2, 2, 3, 6], [0, 0, -7, 8, 0, 0]],
    "fc2.weight": [[9, 10]],
  };
  // Image 0; channels 1–2, three positions each; neurons 3–4; output 5.
  assert.deepEqual(await edges(tensors), {
    family: "convolutions",
    network: "0: 1=5 2=5\n1: 3=3 4=7\n2: 3=7 4=8\n3: 5=9\n4: 5=10",
  });
});

Deno.test("VGG: features, then a classifier that sees each channel at every position", () => {
  const { family, matrices } = detectArchitecture(shapesOnly({
    "features.0.weight": [8, 3, 3, 3],
    "features.1.weight": [8],
    "features.3.weight": [16, 8, 3, 3],
    "classifier.0.weight": [32, 16 * 49],
    "classifier.3.weight": [10, 32],
  }));
  assert.equal(family, "convolutions");
  assert.deepEqual(
    matrices.map(({ rows, columns, kernel }) => [rows, columns, kernel]),
    [[8, 3, 9], [16, 8, 9], [32, 16, 49], [10, 32, 1]],
  );
});

Deno.test("ResNet for CIFAR: a shortcut of padded zeros has no edges", () => {
  const { family, matrices, layers } = detectArchitecture(shapesOnly({
    "module.conv1.weight": [4, 3, 3, 3],
    "module.layer1.0.conv1.weight": [4, 4, 3, 3],
    "module.layer1.0.conv2.weight": [4, 4, 3, 3],
    "module.layer2.0.conv1.weight": [8, 4, 3, 3],
    "module.layer2.0.conv2.weight": [8, 8, 3, 3],
    "module.layer3.0.conv1.weight": [16, 8, 3, 3],
    "module.layer3.0.conv2.weight": [16, 16, 3, 3],
    "module.linear.weight": [10, 16],
  }));
  assert.equal(family, "resnet");
  assert.deepEqual(
    matrices.map(({ from, to }) => [from, to]),
    [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [
      ...[i, i + 1],
    ]),
  );
  assert.deepEqual(layers.map(({ size }) => size), [3, 4, 4, 4, 8, 8, 16, 16, 10]);
});

Deno.test("an actor and its critic are two networks, and part chooses one", async () => {
  const checkpoint = shapesOnly({
    "actor.0.weight": [8, 3],
    "actor.2.weight": [2, 8],
    "critic.0.weight": [6, 3],
    "critic.2.weight": [1, 6],
  });
  await throwsError(
    () => detectArchitecture(checkpoint),
    /has two chains of blocks, "actor\." and "critic\."; .* such as part "actor" \(--part\)$/,
  );
  for (const [part, sizes] of Object.entries({ actor: [3, 8, 2], critic: [3, 6, 1] })) {
    const { layers, ignored } = detectArchitecture(checkpoint, { part });
    assert.deepEqual(layers.map(({ size }) => size), sizes);
    assert.deepEqual([...new Set(ignored!.map(({ reason }) => reason))], [
      `outside the part ${part}`,
    ]);
  }
});

Deno.test("no family is recognised beside another in the tensors of one", async () => {
  const checkpoints = [
    ...[bert, llama, ...Object.values(separate)].map((naming) => model(naming)),
    t5(true),
    t5(false),
  ];
  for (const tensors of checkpoints) {
    await withTiny(tensors, null, (checkpoint) => {
      const found = families.filter((family) => recognises(checkpoint, family));
      assert.equal(new Set(found.map(({ family }) => family)).size, 1);
    });
  }
});
