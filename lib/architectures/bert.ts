/** BERT and the encoders that store it under the same names, RoBERTa and ELECTRA among them. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture } from "./architecture.ts";
import { describeTransformer, hasBlockTensors } from "./describe_transformer.ts";
import { encoderFamily } from "./encoder_family.ts";

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
