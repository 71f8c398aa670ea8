import type * as tf from "@tensorflow/tfjs";
import type { ParameterTensors } from "../model/forward.ts";

/** How a parameter starts: all one value, or normal with a standard deviation. */
export type Start = { readonly deviation: number } | { readonly value: number };

/** A network that says what is on images. */
export interface ImageNetwork {
  /** What it is, for the model card. */
  readonly description: string;
  /** How its weights start, for the model card. */
  readonly start: string;
  /** The `config.json` of its checkpoints. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Names, shapes and starting rules of all parameters, matrices as `[out, in]`, kernels as `[out, in, height, width]`. */
  readonly layout: readonly (readonly [name: string, shape: readonly number[], start: Start])[];
  /** Logits of the classes, `[images, classes]`, of images as `[images, pixels]`. */
  forward(tensors: ParameterTensors, images: tf.Tensor2D): tf.Tensor2D;
}
