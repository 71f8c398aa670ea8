import assert from "node:assert/strict";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { measure } from "../../lib/runs/measure.ts";
import { families } from "../networks/small_families.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { shapesOnly, writeTiny } from "./tiny_models.ts";
import { waves } from "./waves.ts";

const [gpt2] = families.gpt2;
const [llama, llamaConfig] = families.llama;
const bert = {
  ...Object.fromEntries(
    ["query", "key", "value"].map((role) => [
      `bert.encoder.layer.0.attention.self.${role}.weight`,
      [4, 4],
    ]),
  ),
  "bert.encoder.layer.0.attention.output.dense.weight": [4, 4],
  "bert.encoder.layer.0.intermediate.dense.weight": [6, 4],
  "bert.encoder.layer.0.output.dense.weight": [4, 6],
};

/** Half a model that once passed for the whole of it. */
const halves: [what: string, shapes: Record<string, readonly number[]>, RegExp][] = [
  [
    "adapters as loralib names them",
    { ...gpt2, "h.0.attn.c_attn.lora_A": [2, 16], "h.0.attn.c_attn.lora_B": [48, 2] },
    /^tiny looks like gpt2 .* without a place: h\.0\.attn\.c_attn\.lora_A, \S+lora_B$/,
  ],
  [
    "adapters as PEFT names them",
    { ...gpt2, "h.0.attn.c_attn.lora_A.default.weight": [2, 16] },
    /without a place: \S+lora_A\.default\.weight$/,
  ],
  [
    "a decoder beside an encoder",
    { ...bert, "decoder.layer.0.attention.self.query.weight": [4, 4] },
    /looks like bert .* without a place: decoder\.layer\.0\.attention\.self\.query\.weight$/,
  ],
  [
    "fused experts, whose names end otherwise",
    { ...llama, "model.layers.0.mlp.experts.gate_up_proj": [4, 12, 48] },
    /looks like llama .* without a place: model\.layers\.0\.mlp\.experts\.gate_up_proj$/,
  ],
  [
    "a matrix of any name in an MLP",
    { "0.weight": [4, 3], "2.weight": [2, 4], "gate": [4, 4] },
    /of no known architecture/,
  ],
];

for (const [what, shapes, message] of halves) {
  Deno.test(`${what} stop a run by name`, async () => {
    await throwsError(() => detectArchitecture(shapesOnly(shapes, llamaConfig)), message);
  });
}

Deno.test("embeddings, masks and a vision tower are left out, each with a reason", () => {
  const tower = "model.vision_tower.vision_model.encoder.layers.0.self_attn.q_proj.weight";
  const text = Object.fromEntries(
    Object.entries(llama).map(([name, shape]) => [`model.language_${name}`, shape]),
  );
  const { ignored, matrices, family } = detectArchitecture(shapesOnly({
    ...text,
    "model.language_model.embed_tokens.weight": [50, 12],
    [tower]: [8, 8],
    "model.multi_modal_projector.mm_input_projection_weight": [8, 12],
    "model.language_model.layers.0.self_attn.rotary_emb.cos_cached": [1, 1, 9, 4],
    "model.language_model.norm.weight": [12],
  }, { text_config: { num_attention_heads: 4, num_key_value_heads: 2 } }));
  assert.deepEqual([family, matrices.length], ["llama", 7]);
  assert.deepEqual(
    Object.fromEntries(ignored!.map(({ tensor, reason }) => [tensor, reason])),
    {
      "model.language_model.embed_tokens.weight": "outside the blocks",
      [tower]: "vision tower, a network of its own",
      "model.multi_modal_projector.mm_input_projection_weight": "projector between two networks",
      "model.language_model.layers.0.self_attn.rotary_emb.cos_cached": "rotary positions, computed",
    },
  );
});

Deno.test("a text config in a config counts as its own", async () => {
  await throwsError(
    () => detectArchitecture(shapesOnly(llama, { text_config: { num_attention_heads: 3 } })),
    /says num_attention_heads 3, which does not divide its 16 attention outputs/,
  );
});

Deno.test("the record and the text of a measurement tell what its family leaves out", () =>
  withFolder(async (folder) => {
    const shapes = { ...gpt2, "h.0.attn.bias": [1, 1, 5, 5], "wte.weight": [9, 16] };
    for (const step of [0, 1]) await writeTiny(`${folder}/step${step}`, waves(shapes, 1 + step));
    const result = await measure(folder, { samples: 1, layerSample: 16 });
    assert.deepEqual(result.record.leftOut, [{ reason: "causal mask", tensors: 1 }]);
    assert.match(`${result}`, /\nleft out: 1 tensor: causal mask\n/);
  }));
