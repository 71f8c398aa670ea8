import assert from "node:assert/strict";
import { initialParameters } from "../../../data/training/model/parameters.ts";
import { RECIPES } from "../../../data/training/training/recipe.ts";
import { tinyConfig } from "./tiny_model.ts";

const { config } = RECIPES.get("nano-64")!;
const nano = initialParameters(config, 1);

function deviation(name: string): number {
  const values = nano.get(name)!.values;
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
}

Deno.test("parameters have GPT-NeoX's names and shapes", () => {
  const shapes = [...initialParameters(tinyConfig, 1)].map(([name, { shape, values }]) => {
    assert.equal(values.length, shape.reduce((product, size) => product * size));
    return `${name} ${shape.join("x")}`;
  });
  const layer = [
    "input_layernorm.weight 12",
    "input_layernorm.bias 12",
    "post_attention_layernorm.weight 12",
    "post_attention_layernorm.bias 12",
    "attention.query_key_value.weight 36x12",
    "attention.query_key_value.bias 36",
    "attention.dense.weight 12x12",
    "attention.dense.bias 12",
    "mlp.dense_h_to_4h.weight 10x12",
    "mlp.dense_h_to_4h.bias 10",
    "mlp.dense_4h_to_h.weight 12x10",
    "mlp.dense_4h_to_h.bias 12",
  ];
  assert.deepEqual(shapes, [
    "gpt_neox.embed_in.weight 7x12",
    ...[0, 1].flatMap((i) => layer.map((line) => `gpt_neox.layers.${i}.${line}`)),
    "gpt_neox.final_layer_norm.weight 12",
    "gpt_neox.final_layer_norm.bias 12",
    "embed_out.weight 7x12",
  ]);
});

Deno.test("matrices start with the deviations of small_init and wang_init", () => {
  const small = Math.sqrt(2 / (5 * 64));
  const wang = 2 / (4 * Math.sqrt(64));
  const expected = {
    "gpt_neox.embed_in.weight": small,
    "gpt_neox.layers.0.attention.query_key_value.weight": small,
    "gpt_neox.layers.3.mlp.dense_h_to_4h.weight": small,
    "gpt_neox.layers.1.attention.dense.weight": wang,
    "gpt_neox.layers.2.mlp.dense_4h_to_h.weight": wang,
    "embed_out.weight": small,
  };
  for (const [name, value] of Object.entries(expected)) {
    // Four standard errors of a deviation.
    const tolerance = 4 / Math.sqrt(2 * nano.get(name)!.values.length);
    assert.ok(Math.abs(deviation(name) / value - 1) < tolerance, `${name} ${deviation(name)}`);
  }
});

Deno.test("biases start at 0 and the gains of layer norms at 1", () => {
  for (const [name, { shape, values }] of nano) {
    if (shape.length > 1) continue;
    const start = name.endsWith("norm.weight") ? 1 : 0;
    assert.ok(values.every((value) => value === start), name);
  }
});

Deno.test("a seed and a name decide a parameter, whatever else the model has", () => {
  const name = "gpt_neox.embed_in.weight";
  const deeper = initialParameters({ ...config, num_hidden_layers: 5 }, 1);
  assert.deepEqual(deeper.get(name), nano.get(name));
  assert.notDeepEqual(initialParameters(config, 2).get(name), nano.get(name));
  assert.notDeepEqual(nano.get("embed_out.weight")!.values, nano.get(name)!.values);
});
