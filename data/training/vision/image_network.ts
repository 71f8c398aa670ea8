import type * as tf from "@tensorflow/tfjs";
import type { ParameterTensors } from "../model/forward.ts";
import type { ParameterLayout } from "../model/parameters.ts";

/** A network that says what is on images. */
export interface ImageNetwork {
  /** What it is, for the model card. */
  readonly description: string;
  /** How its weights start, for the model card. */
  readonly start: string;
  /** The `config.json` of its checkpoints. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Names, shapes and starting rules of all parameters. */
  readonly layout: readonly ParameterLayout[];
  /** Logits of the classes, `[images, classes]`, of images as `[images, pixels]`. */
  forward(tensors: ParameterTensors, images: tf.Tensor2D): tf.Tensor2D;
}
