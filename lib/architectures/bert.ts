/** BERT and the encoders that store it under the same names, RoBERTa and ELECTRA among them. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture } from "./architecture.ts";
import {
  describeTransformer,
  hasBlockTensors,
  type TransformerFamily,
  usualConfigNames,
} from "./describe_transformer.ts";

const bert = encoderFamily("bert", "self");

/** Whether a checkpoint has BERT's tensors. */
export function isBert(checkpoint: Checkpoint): boolean {
  return hasBlockTensors(checkpoint, bert, ["attention.self.query"]);
}

/**
 * The layers and matrices of a BERT checkpoint.
 *
 * @throws {Error} naming the tensor that is missing, of a wrong shape or without a place, or the entry of the
 * config that contradicts the tensors.
 */
export function describeBert(checkpoint: Checkpoint): Architecture {
  return describeTransformer(checkpoint, bert);
}

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
