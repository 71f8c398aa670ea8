import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { layersOf, shapesOnly, wholeNetwork, withTiny } from "./tiny_models.ts";

/** Hidden size 2, four heads of one neuron of which two and two share keys and values, 3 neurons inside the MLP. */
const block = {
  "model.embed_tokens.weight": [[1, 1]],
  "model.layers.0.self_attn.q_proj.weight": [[1, 2], [3, 4], [5, 6], [7, 8]],
  "model.layers.0.self_attn.k_proj.weight": [[9, 10], [11, 12]],
  "model.layers.0.self_attn.v_proj.weight": [[13, 14], [15, 16]],
  "model.layers.0.self_attn.o_proj.weight": [[17, 18, 19, 20], [21, 22, 23, 24]],
  "model.layers.0.self_attn.q_norm.weight": [1],
  "model.layers.0.mlp.gate_proj.weight": [[25, 26], [27, 28], [29, 30]],
  "model.layers.0.mlp.up_proj.weight": [[31, 32], [33, 34], [35, 36]],
  "model.layers.0.mlp.down_proj.weight": [[37, 38, 39], [40, 41, 42]],
  "model.layers.0.input_layernorm.weight": [1, 1],
  "lm_head.weight": [[1, 1]],
};
const config = { model_type: "qwen3", num_attention_heads: 4, num_key_value_heads: 2, head_dim: 1 };

/** Heads of 2 neurons, four of queries and two of keys and values; hidden size 6. */
const grouped = {
  "model.layers.0.self_attn.q_proj.weight": [8, 6],
  "model.layers.0.self_attn.k_proj.weight": [4, 6],
  "model.layers.0.self_attn.v_proj.weight": [4, 6],
  "model.layers.0.self_attn.o_proj.weight": [6, 8],
  "model.layers.0.mlp.gate_proj.weight": [12, 6],
  "model.layers.0.mlp.up_proj.weight": [12, 6],
  "model.layers.0.mlp.down_proj.weight": [6, 12],
};

Deno.test("Llama: a block's network, worked out by hand, with grouped keys and values and a gate", () =>
  withTiny(block, config, async (checkpoint) => {
    // Inputs 0–1, queries 2–5, keys 6–7, values 8–9, attention 10–13, MLP input 14–15,
    // gates 16–18, upward 19–21, inside 22–24, output 25–26.
    assert.equal(
      await wholeNetwork(checkpoint),
      `
0: 2=1 3=3 4=5 5=7 6=9 7=11 8=13 9=15
1: 2=2 3=4 4=6 5=8 6=10 7=12 8=14 9=16
2: 10=1
3: 11=1
4: 12=1
5: 13=1
6: 10=1 11=1 12=1 13=1
7: 10=1 11=1 12=1 13=1
8: 10=1 11=1 12=1 13=1
9: 10=1 11=1 12=1 13=1
10: 14=17 15=21
11: 14=18 15=22
12: 14=19 15=23
13: 14=20 15=24
14: 16=25 17=27 18=29 19=31 20=33 21=35
15: 16=26 17=28 18=30 19=32 20=34 21=36
16: 22=1
17: 23=1
18: 24=1
19: 22=1
20: 23=1
21: 24=1
22: 25=37 26=40
23: 25=38 26=41
24: 25=39 26=42
`.trim(),
    );
  }));

Deno.test("Llama: the layers, with fixed patterns behind query, key, value and behind gate, up only", () => {
  const architecture = detectArchitecture(shapesOnly(grouped, { num_attention_heads: 4 }));
  assert.equal(architecture.family, "llama");
  assert.deepEqual(layersOf(architecture), [
    "block 0 block input: 6",
    "block 0 query, key, value: 16",
    "block 0 attention output: 8",
    "block 0 feed-forward input: 6",
    "block 0 gate, up: 24",
    "block 0 feed-forward hidden: 12",
    "block 0 block output: 6",
  ]);
  assert.deepEqual(architecture.layers.map(({ learned }) => learned), [
    ...[true, false, true, true, false, true],
    false,
  ]);
});

Deno.test("Llama: a sample takes the keys and values that its queries share, each once, and gates with upward neurons", () => {
  const architecture = detectArchitecture(shapesOnly(grouped, { num_attention_heads: 4 }));
  // Queries of heads 0 and 1 (neurons 0 to 3) share key head 0, those of heads 2 and 3 key head 1.
  const keyOf = [0, 1, 0, 1, 2, 3, 2, 3];
  let shared = 0;
  for (let sample = 0; sample < 20; sample++) {
    const { layers } = sampleNodes(architecture, { sample, layerSample: 4 });
    const attention = [...layers[2]!];
    const keys = [...new Set(attention.map((x) => keyOf[x]!))];
    assert.deepEqual([...layers[1]!], [
      ...attention,
      ...keys.map((key) => 8 + key),
      ...keys.map((key) => 12 + key),
    ]);
    if (keys.length < attention.length) shared++;
    const inside = [...layers[5]!];
    assert.equal(inside.length, 8);
    assert.deepEqual([...layers[4]!], [...inside, ...inside.map((neuron) => 12 + neuron)]);
  }
  assert.ok(shared > 0);
});

Deno.test("Llama: without the prefix model., and without a config where no keys are shared", () => {
  const plain = Object.fromEntries(
    Object.entries(grouped).map(([name, shape]) => [
      name.replace("model.", ""),
      /[kv]_proj/.test(name) ? [8, 6] : shape,
    ]),
  );
  const { layers, draws } = detectArchitecture(shapesOnly(plain));
  assert.equal(layers[1]!.size, 24);
  const { layers: drawn } = sampleNodes({ layers, draws }, { sample: 0, layerSample: 3 });
  const attention = [...drawn[2]!];
  assert.deepEqual([...drawn[1]!], [0, 8, 16].flatMap((part) => attention.map((x) => part + x)));
});

Deno.test("Llama: shared keys need a number of heads that fits", async () => {
  await throwsError(
    () => detectArchitecture(shapesOnly(grouped)),
    /^tiny has 8 queries that share 4 keys, and no number of heads: put a config\.json with num_att/,
  );
  const refused: [Record<string, unknown>, RegExp][] = [
    [{ num_attention_heads: 3 }, /num_attention_heads 3, which does not divide its 8 attention/],
    [{ num_attention_heads: 1 }, /heads of 8 \/ 1 neurons can't share its 4 keys/],
    [{ num_attention_heads: 4, num_key_value_heads: 4 }, /num_key_value_heads 4 but .* say 2/],
    [{ num_attention_heads: 4, head_dim: 4 }, /head_dim 4 but its tensors say 2/],
    [{ num_attention_heads: 4, hidden_size: 8 }, /hidden_size 8 but its tensors say 6/],
    [{ num_attention_heads: 4, intermediate_size: 24 }, /intermediate_size 24 but .* say 12/],
  ];
  for (const [config, message] of refused) {
    await throwsError(() => detectArchitecture(shapesOnly(grouped, config)), message);
  }
});

Deno.test("Llama: a mixture of experts is another architecture", async () => {
  const expert = "model.layers.0.mlp.experts.0.gate_proj.weight";
  await throwsError(
    () =>
      detectArchitecture(shapesOnly({ ...grouped, [expert]: [12, 6] }, { num_attention_heads: 4 })),
    /^tiny looks like llama but is another architecture; tensors without a place: \S+experts\S+$/,
  );
  const { "model.layers.0.mlp.gate_proj.weight": _, ...routed } = grouped;
  await throwsError(
    () => detectArchitecture(shapesOnly(routed, { model_type: "mixtral" })),
    /^tiny is of no known architecture \(model_type "mixtral"\); known: .*; tensors without a place: /,
  );
});
