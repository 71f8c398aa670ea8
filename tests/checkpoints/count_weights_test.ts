import assert from "node:assert/strict";
import { countWeights } from "../../lib/checkpoints/count_weights.ts";
import type { TensorInfo } from "../../lib/checkpoints/checkpoint.ts";

function tensors(...infos: [name: string, dtype: string, shape: number[]][]) {
  return new Map(infos.map(([name, dtype, shape]): [string, TensorInfo] => [
    name,
    { name, dtype, shape },
  ]));
}

Deno.test("countWeights() multiplies sizes and adds tensors, whatever float type they have", () => {
  const counted = tensors(
    ["embed_in.weight", "F16", [16, 8]],
    ["layers.0.attention.dense.bias", "BF16", [8]],
    ["weight", "F64", [3]],
    ["scale.weight", "F32", []],
  );
  assert.equal(countWeights(counted), 128 + 8 + 3 + 1);
});

Deno.test("countWeights() leaves out masks and rotary frequencies beside the weights", () => {
  const counted = tensors(
    ["layers.0.attention.bias", "U8", [1, 1, 2048, 2048]],
    ["layers.0.attention.masked_bias", "F32", []],
    ["layers.0.attention.rotary_emb.inv_freq", "F32", [8]],
    ["layers.0.attention.dense.weight", "F16", [8, 8]],
  );
  assert.equal(countWeights(counted), 64);
});
