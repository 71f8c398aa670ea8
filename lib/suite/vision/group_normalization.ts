import * as tf from "@tensorflow/tfjs";
import { layerNormalization } from "../model/layer_normalization.ts";
import { addBias } from "../model/linear.ts";
import type { Images } from "./unfold.ts";

/** Added to the variance. */
const EPSILON = 1e-5;

/**
 * Group normalisation with one group: each image over all of its pixels and channels, then a gain and a bias a
 * channel. Unlike batch normalisation it keeps no running means, so a checkpoint is its weights alone.
 */
export function groupNormalization(
  { values, side }: Images,
  gain: tf.Tensor1D,
  bias: tf.Tensor1D,
): Images {
  const [pixels, channels] = values.shape;
  const size = side ** 2 * channels;
  const flat = tf.reshape(values, [pixels / side ** 2, size]) as tf.Tensor2D;
  const normal = layerNormalization(flat, tf.ones([size]), tf.zeros([size]), EPSILON);
  const back = tf.reshape(normal, [pixels, channels]);
  return { values: addBias(tf.mul(back, gain) as tf.Tensor2D, bias), side };
}
