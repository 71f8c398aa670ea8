import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "../model/loss.ts";
import type { ParameterTensors } from "../model/forward.ts";
import { gradientsOf } from "../model/gradients.ts";
import type { Parameters } from "../model/parameters.ts";
import { IMAGE_SIDE } from "./canvas.ts";
import type { ImageNetwork } from "./image_network.ts";
import type { LabelledImage } from "./image_set.ts";
import { CLASSES } from "./image_skills.ts";

/** Pixels of images, `[images, pixels]`. */
export function pixelsOf(images: readonly LabelledImage[]): tf.Tensor2D {
  const size = IMAGE_SIDE ** 2;
  const values = new Float32Array(images.length * size);
  images.forEach(({ pixels }, i) => values.set(pixels, i * size));
  return tf.tensor2d(values, [images.length, size]);
}

function targetsOf(images: readonly LabelledImage[]): tf.Tensor2D {
  const labels = tf.tensor1d(images.map(({ label }) => label), "int32");
  return tf.cast(tf.oneHot(labels, CLASSES), "float32") as tf.Tensor2D;
}

/** Mean cross entropy of a batch of images in nats and the gradient of every parameter by name. */
export function imageLossAndGradients(
  network: ImageNetwork,
  parameters: Parameters,
  images: readonly LabelledImage[],
): { loss: number; gradients: Record<string, Float32Array> } {
  return gradientsOf(
    parameters,
    (tensors: ParameterTensors) =>
      crossEntropy(network.forward(tensors, pixelsOf(images)), targetsOf(images)),
  );
}
