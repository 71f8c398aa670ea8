/** Residual networks as torchvision and Hugging Face store them, of basic blocks (18, 34) or bottlenecks (50 to 152). */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { residualNetwork, type ResNetNames } from "./residual_network.ts";

const torchvision: ResNetNames = [
  ...["conv1.weight", "layer{stage}.{block}.", "conv#.weight"] as const,
  ...["downsample.0.weight", "fc.weight", "linear.weight"] as const,
];
/** As the usual networks for CIFAR are stored, with shortcuts of convolutions or of padded zeros. */
const cifar: ResNetNames = [
  ...["conv1.weight", "layer{stage}.{block}.", "conv#.weight"] as const,
  ...["shortcut.0.weight", "fc.weight", "linear.weight"] as const,
];
const huggingFace: ResNetNames = [
  ...["embedder.embedder.convolution.weight", "encoder.stages.{stage}.layers.{block}."] as const,
  ...["layer.#.convolution.weight", "shortcut.convolution.weight", "classifier.1.weight"] as const,
];

/**
 * Residual networks as data; bottlenecks first, since they have a basic block's convolutions too. Those that lack a shortcut
 * that none of these lacks are refused by its name as the last.
 */
export const resnet: readonly ArchitectureDescription[] = [
  residualNetwork(huggingFace, [0, 1, 2]),
  residualNetwork(huggingFace, [0, 1]),
  residualNetwork(cifar, [1, 2, 3], "met"),
  residualNetwork(torchvision, [1, 2, 3]),
  residualNetwork(cifar, [1, 2], "met"),
  residualNetwork(torchvision, [1, 2], "met"),
  residualNetwork(torchvision, [1, 2], "padded"),
  residualNetwork(torchvision, [1, 2]),
];
