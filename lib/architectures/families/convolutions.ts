/** Convolutions followed by a perceptron, as LeNet, AlexNet and VGG are. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";

/**
 * Such networks as data. A neuron is a channel; the weight from a channel to a neuron behind the last convolution is the
 * Euclidean norm over the positions that the neuron sees it at.
 */
export const convolutions: readonly ArchitectureDescription[] = [
  ["features.{number}.weight", "classifier.{number}.weight"],
  ["features.{number}.weight", "classifier.weight"],
  ["conv{number}.weight", "fc{number}.weight"],
  ["conv{number}.weight", "fc.weight"],
].map(([convolution, matrix]) => ({
  family: "convolutions",
  recognised: { tensors: [convolution!, matrix!], whole: true },
  sections: [{ chain: [{ tensor: convolution!, axes: 4 as const }, matrix!] }],
  takesAllOfFew: true,
  complete: true,
}));
