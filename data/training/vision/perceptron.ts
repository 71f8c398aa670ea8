import * as tf from "@tensorflow/tfjs";
import { linear } from "../model/linear.ts";
import type { Start } from "../model/parameters.ts";
import { IMAGE_SIDE } from "./canvas.ts";
import type { ImageNetwork } from "./image_network.ts";
import { CLASSES } from "./image_skills.ts";

/**
 * A plain multilayer perceptron on pixels, its tensors named as PyTorch names those of a `Sequential` in which
 * rectifiers stand between the matrices: `0.weight`, `2.weight`, and so on.
 *
 * @param hidden Widths of the hidden layers.
 */
export function perceptron(hidden: readonly number[]): ImageNetwork {
  const widths = [IMAGE_SIDE ** 2, ...hidden, CLASSES];
  const names = hidden.concat(CLASSES).map((_, i) => `${2 * i}`);
  return {
    description: `multilayer perceptron ${widths.join(" → ")} with rectifiers`,
    start: "matrices normal with variance 2 / inputs, biases 0",
    config: { image_size: IMAGE_SIDE, hidden_sizes: hidden, num_labels: CLASSES },
    layout: names.flatMap((name, i) => {
      const [from, to] = [widths[i]!, widths[i + 1]!];
      const deviation: Start = { deviation: Math.sqrt(2 / from) };
      return [
        [`${name}.weight`, [to, from], deviation],
        [`${name}.bias`, [to], { value: 0 }],
      ] as const;
    }),
    forward(tensors, pixels) {
      return names.reduce((x, name, i) => {
        const sum = linear(
          x,
          tensors[`${name}.weight`] as tf.Tensor2D,
          tensors[`${name}.bias`] as tf.Tensor1D,
        );
        return i < hidden.length ? tf.relu(sum) : sum;
      }, pixels);
    },
  };
}
