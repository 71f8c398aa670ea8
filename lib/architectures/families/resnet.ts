/** Residual networks as torchvision and Hugging Face store them, of basic blocks (18, 34) or bottlenecks (50 to 152). */

import type { ArchitectureDescription, MatrixDescription } from "../description.ts";

/** The stem, a block's convolutions, its shortcut and the classifier; and what the names of a block begin with. */
type Names = readonly [
  stem: string,
  names: string,
  convolution: string,
  shortcut: string,
  classifier: string,
];

const torchvision: Names = [
  ...["conv1.weight", "layer{stage}.{block}.", "conv#.weight"] as const,
  ...["downsample.0.weight", "fc.weight"] as const,
];
/** As the usual networks for CIFAR are stored, with shortcuts of convolutions or of padded zeros. */
const cifar: Names = [
  ...["conv1.weight", "layer{stage}.{block}.", "conv#.weight"] as const,
  ...["shortcut.0.weight", "linear.weight"] as const,
];
const huggingFace: Names = [
  ...["embedder.embedder.convolution.weight", "encoder.stages.{stage}.layers.{block}."] as const,
  ...["layer.#.convolution.weight", "shortcut.convolution.weight", "classifier.1.weight"] as const,
];

/**
 * A residual network as data. A neuron is a channel: image channels → stem → in each block its convolutions one after
 * another → features → classes. The convolution of a shortcut leads from a block's input to its output; a shortcut without
 * one has no weights and, like the residual stream of a transformer, makes no edges. The weight between two channels is the
 * Euclidean norm over the kernel.
 */
function network(
  [stem, names, convolution, shortcut, classifier]: Names,
  numbers: readonly number[],
  optional: "resized" | "padded" = "resized",
): ArchitectureDescription {
  const place = (i: number) =>
    i === 0 ? "block input" : i === numbers.length ? "block output" : `block hidden ${i}`;
  const tensor = (number: number) => convolution.replace("#", `${number}`);
  const matrices = numbers.map((number, i): MatrixDescription => ({
    ...{ tensor: tensor(number), role: `convolution ${i + 1}`, axes: 4 },
    ...{ from: place(i), to: place(i + 1) },
  }));
  const block = { axes: 4, from: "block input", to: "block output", optional } as const;
  const head = { role: "classifier", from: "features", to: "classes", optional: "padded" } as const;
  const first = { axes: 4, role: "stem", from: "image channels", to: "stem" } as const;
  return {
    family: "resnet",
    recognised: {
      tensors: [
        stem,
        ...numbers.map((number) => names + tensor(number)),
        ...optional === "resized" && numbers.length === 2 ? [names + shortcut] : [],
      ],
    },
    sections: [
      {
        layers: [{ role: "image channels" }],
        matrices: [{ tensor: stem, ...first }],
        next: "stem",
      },
      {
        names,
        varied: true,
        layers: numbers.map((_, i) => ({ role: place(i) })),
        matrices: [...matrices, { tensor: shortcut, role: "shortcut", ...block }],
        next: "block output",
      },
      {
        layers: [{ role: "features" }],
        matrices: [{ tensor: classifier, ...head }],
        next: "classes",
      },
    ],
    takesAllOfFew: true,
    complete: true,
  };
}

/** Residual networks as data; bottlenecks first, since they have a basic block's convolutions too. */
export const resnet: readonly ArchitectureDescription[] = [
  network(huggingFace, [0, 1, 2]),
  network(huggingFace, [0, 1]),
  network(torchvision, [1, 2, 3]),
  network(cifar, [1, 2, 3]),
  network(torchvision, [1, 2]),
  network(cifar, [1, 2]),
  network(torchvision, [1, 2], "padded"),
  network(cifar, [1, 2], "padded"),
];
