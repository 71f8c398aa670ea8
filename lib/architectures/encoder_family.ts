/** The blocks that BERT and ViT share, which differ in one word of their tensors' names. */

import type { TransformerFamily } from "./describe_transformer.ts";
import { usualConfigNames } from "./usual_config_names.ts";

/**
 * A family of encoders with queries, keys and values as matrices of their own.
 *
 * @param name The family's name.
 * @param self What stands for self-attention in the names: `attention.<self>.query`.
 */
export function encoderFamily(name: string, self: string): TransformerFamily {
  return {
    family: name,
    blockTensor: /^((?:.*\.)?encoder\.layer\.)(\d+)\./,
    matrices: [
      [`attention.${self}.query`, "block input", "query"],
      [`attention.${self}.key`, "block input", "key"],
      [`attention.${self}.value`, "block input", "value"],
      ["attention.output.dense", "attention output", "feed-forward input"],
      ["intermediate.dense", "feed-forward input", "feed-forward hidden"],
      ["output.dense", "feed-forward hidden", "block output"],
    ],
    config: usualConfigNames,
    sizes: (joined) => ({
      hidden: joined(`attention.${self}.query`).from,
      intermediate: joined("intermediate.dense").to,
    }),
  };
}
