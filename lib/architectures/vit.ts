/** ViT and the image encoders that store it under the same names, DeiT among them. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture } from "./architecture.ts";
import { encoderFamily } from "./bert.ts";
import { describeTransformer, hasBlockTensors } from "./describe_transformer.ts";

const vit = encoderFamily("vit", "attention");

/** Whether a checkpoint has ViT's tensors. */
export function isVit(checkpoint: Checkpoint): boolean {
  return hasBlockTensors(checkpoint, vit, ["attention.attention.query"]);
}

/**
 * The layers and matrices of a ViT checkpoint.
 *
 * @throws {Error} naming the tensor that is missing, of a wrong shape or without a place, or the entry of the
 * config that contradicts the tensors.
 */
export function describeVit(checkpoint: Checkpoint): Architecture {
  return describeTransformer(checkpoint, vit);
}
