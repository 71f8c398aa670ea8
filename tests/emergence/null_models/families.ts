/** One small model for each way that weights are stored. */

import type { Checkpoint, FloatType } from "../../../lib/checkpoints/checkpoint.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { families as smallFamilies, type Family } from "../../networks/small_families.ts";

const { gpt_neox, gpt2, llama } = smallFamilies;

/** Fused per head; `in, out` with query, key and value side by side; matrices apart with shared heads; kernels. */
export const families = {
  gpt_neox: [gpt_neox[0], { model_type: "gpt_neox", num_attention_heads: 4 }],
  gpt2,
  llama,
  resnet: [{
    "conv1.weight": [16, 3, 3, 3],
    "layer1.0.conv1.weight": [16, 16, 3, 3],
    "layer1.0.conv2.weight": [16, 16, 3, 3],
    "fc.weight": [20, 16],
  }, null],
} satisfies Readonly<Record<string, Family>>;

/** A small model in memory; `change` as of {@linkcode memoryCheckpoint}. */
export function familyCheckpoint(
  family: keyof typeof families,
  dtype: FloatType = "F16",
  change?: (values: Float64Array, name: string) => void,
): Checkpoint {
  const [shapes, config]: Family = families[family];
  return memoryCheckpoint(shapes, dtype, config, change);
}
