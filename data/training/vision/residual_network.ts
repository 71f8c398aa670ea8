import * as tf from "@tensorflow/tfjs";
import type { ParameterTensors } from "../model/forward.ts";
import { layerNormalization } from "../model/layer_normalization.ts";
import { addBias, linear, linearWithoutBias } from "../model/linear.ts";
import type { ParameterLayout } from "../model/parameters.ts";
import { IMAGE_SIDE } from "./canvas.ts";
import type { ImageNetwork } from "./image_network.ts";
import { CLASSES } from "./image_skills.ts";
import { type Images, sideAfter, unfold } from "./unfold.ts";

/** Kernels are three pixels wide and high, those of shortcuts one. */
const KERNEL = 3;

/** A convolution: its name, its channels before and after, its kernel and its stride. */
interface Convolution {
  readonly name: string;
  readonly norm: string;
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly stride: number;
}

/** A block: two convolutions and, where channels or pixels change, one in the shortcut. */
interface Block {
  readonly first: Convolution;
  readonly second: Convolution;
  readonly shortcut: Convolution | null;
}

/** The blocks of a network with the names that torchvision gives them, one a stage; all but the first halve the image. */
function blocksOf(channels: readonly number[]): Block[] {
  return channels.map((to, stage) => {
    const from = channels[Math.max(0, stage - 1)]!;
    const at = `layer${stage + 1}.0.`;
    const stride = stage === 0 ? 1 : 2;
    return {
      first: { name: `${at}conv1`, norm: `${at}norm1`, from, to, kernel: KERNEL, stride },
      second: { name: `${at}conv2`, norm: `${at}norm2`, from: to, to, kernel: KERNEL, stride: 1 },
      shortcut: stride === 1 ? null : {
        ...{ name: `${at}downsample.0`, norm: `${at}downsample.1`, from, to, kernel: 1, stride },
      },
    };
  });
}

function* layoutOf(
  stem: Convolution,
  blocks: readonly Block[],
  features: number,
): Generator<ParameterLayout> {
  const convolutions = [
    stem,
    ...blocks.flatMap((
      { first, second, shortcut },
    ) => [first, second, ...shortcut ? [shortcut] : []]),
  ];
  for (const { name, norm, from, to, kernel } of convolutions) {
    // Kaiming's normal by the outputs, as torchvision starts residual networks.
    const deviation = Math.sqrt(2 / (to * kernel ** 2));
    yield [`${name}.weight`, [to, from, kernel, kernel], { deviation }];
    yield [`${norm}.weight`, [to], { value: 1 }];
    yield [`${norm}.bias`, [to], { value: 0 }];
  }
  yield ["fc.weight", [CLASSES, features], { deviation: Math.sqrt(1 / features) }];
  yield ["fc.bias", [CLASSES], { value: 0 }];
}

function convolve(tensors: ParameterTensors, images: Images, convolution: Convolution): Images {
  const { name, norm, to, kernel, stride } = convolution;
  const weight = tf.reshape(tensors[`${name}.weight`]!, [to, -1]) as tf.Tensor2D;
  const values = linearWithoutBias(unfold(images, kernel, stride), weight);
  return groupNormalization(
    { values, side: sideAfter(images.side, stride) },
    tensors[`${norm}.weight`] as tf.Tensor1D,
    tensors[`${norm}.bias`] as tf.Tensor1D,
  );
}

function rectified({ values, side }: Images): Images {
  return { values: tf.relu(values), side };
}

function applyBlock(tensors: ParameterTensors, input: Images, block: Block): Images {
  const hidden = rectified(convolve(tensors, input, block.first));
  const output = convolve(tensors, hidden, block.second);
  const past = block.shortcut ? convolve(tensors, input, block.shortcut) : input;
  return rectified({ values: tf.add(output.values, past.values), side: output.side });
}

/**
 * A small residual network of basic blocks: a convolution that halves the image, one block a stage, the mean over
 * pixels, and a classifier.
 *
 * @param channels Channels of the stages.
 */
export function residualNetwork(channels: readonly number[]): ImageNetwork {
  const stem = {
    ...{ name: "conv1", norm: "norm1", from: 1, to: channels[0]!, kernel: KERNEL, stride: 2 },
  };
  const blocks = blocksOf(channels);
  const features = channels.at(-1)!;
  return {
    description:
      `residual network of ${channels.length} basic blocks with ${
        channels.join(", ")
      } channels, 3 × 3 ` +
      "kernels without bias, group normalisation with one group after each, tensors named as torchvision names ResNet's",
    start:
      "kernels normal with variance 2 / (9 · outputs), shortcuts 2 / outputs, classifier 1 / inputs; gains 1, biases 0",
    config: {
      image_size: IMAGE_SIDE,
      num_channels: 1,
      hidden_sizes: channels,
      num_labels: CLASSES,
    },
    layout: [...layoutOf(stem, blocks, features)],
    forward(tensors, pixels) {
      const [count, size] = pixels.shape;
      const values = tf.reshape(pixels, [count * size, 1]) as tf.Tensor2D;
      let images = rectified(convolve(tensors, { values, side: IMAGE_SIDE }, stem));
      for (const block of blocks) images = applyBlock(tensors, images, block);
      const mean = tf.mean(tf.reshape(images.values, [count, -1, features]), 1) as tf.Tensor2D;
      return linear(
        mean,
        tensors["fc.weight"] as tf.Tensor2D,
        tensors["fc.bias"] as tf.Tensor1D,
      );
    },
  };
}

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
