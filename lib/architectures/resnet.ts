/** Residual networks as torchvision and Hugging Face store them, of basic blocks (18, 34) or bottlenecks (50 to 152). */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture, NeuronLayer, WeightMatrix } from "./architecture.ts";
import { checkShape, floatMatrix, refuseUnplacedTensors } from "./checks.ts";
import { drawEach } from "./layer_chain.ts";

/** Whether a checkpoint has a residual network's first two convolutions. */
export function isResNet(checkpoint: Checkpoint): boolean {
  return resNetNames(checkpoint) !== undefined;
}

/**
 * The layers and matrices of a residual network. A neuron is a channel: image channels → stem → in each block its
 * convolutions one after another → features → classes. The convolution of a shortcut leads from a block's input to its
 * output; a shortcut without one has no weights and, like the residual stream of a transformer, makes no edges. The
 * weight between two channels is the Euclidean norm over the kernel, see {@linkcode normsOfKernels}. All layers are drawn
 * in their order, `layerSample` neurons of each.
 *
 * @throws {Error} naming the tensor that is missing, of a wrong shape or without a place.
 */
export function describeResNet(checkpoint: Checkpoint): Architecture {
  const { tensors, source } = checkpoint;
  const { stem, classifier, first, convolution, shortcut } = resNetNames(checkpoint)!;
  const layers: NeuronLayer[] = [];
  const matrices: WeightMatrix[] = [];
  let block = 0;
  let width = floatMatrix(checkpoint, stem, 4).shape[1]!;
  const add = (role: string, learned = true) =>
    layers.push({ name: `block ${block} ${role}`, block, role, size: width, learned });
  /** Join a layer to the one that is added next; returns the width of that. */
  const join = (role: string, name: string, from = layers.length - 1, axes: 2 | 4 = 4) => {
    const tensor = floatMatrix(checkpoint, name, axes);
    const [rows, columns, height = 1, breadth = 1] = tensor.shape as [number, number];
    checkShape(tensor, [rows, layers[from]!.size], source, "the channels before it");
    const [to, kernel] = [layers.length, height * breadth];
    const shape = {
      rows,
      columns,
      first: 0,
      orientation: "out, in",
      kernel,
      fused: false,
    } as const;
    matrices.push({ role, block, tensor: name, from, to, ...shape });
    return rows;
  };
  add("image channels");
  width = join("stem", stem);
  const has = (stage: number, index: number, number = first) =>
    tensors.has(convolution(stage, index, number));
  let last = first;
  while (has(first, 0, last + 1)) last++;
  for (let stage = first; has(stage, 0); stage++) {
    for (let index = 0; has(stage, index); index++) {
      block++;
      const input = layers.length;
      const before = width;
      add("block input");
      for (let number = first; number <= last; number++) {
        if (number > first) add(`block hidden ${number - first}`);
        width = join(`convolution ${number - first + 1}`, convolution(stage, index, number));
      }
      const name = shortcut(stage, index);
      if (!tensors.has(name) && width === before) continue;
      join("shortcut", name, input);
      checkShape(tensors.get(name)!, [width], source, "the block's other outputs");
    }
  }
  const classified = tensors.has(classifier);
  block++;
  add("features", classified);
  if (classified) {
    width = join("classifier", classifier, layers.length - 1, 2);
    add("classes", false);
  }
  matrices.sort((a, b) => a.from - b.from);
  refuseUnplacedTensors(checkpoint, "resnet", matrices.map(({ tensor }) => tensor));
  return { family: "resnet", heads: null, layers, matrices, patterns: [], draws: drawEach(layers) };
}

/** Names of the weights of a residual network. */
export interface ResNetNames {
  /** The first convolution. */
  readonly stem: string;
  /** The classifier, a plain matrix. */
  readonly classifier: string;
  /** Number of the first stage and of a block's first convolution. */
  readonly first: number;
  /** A convolution of a block of a stage. */
  convolution(stage: number, block: number, index: number): string;
  /** The convolution of a block's shortcut, which only blocks that change the number of channels or positions have. */
  shortcut(stage: number, block: number): string;
}

const torchvision: ResNetNames = {
  stem: "conv1.weight",
  classifier: "fc.weight",
  first: 1,
  convolution: (stage, block, index) => `layer${stage}.${block}.conv${index}.weight`,
  shortcut: (stage, block) => `layer${stage}.${block}.downsample.0.weight`,
};

const huggingFace = (prefix: string): ResNetNames => ({
  stem: `${prefix}embedder.embedder.convolution.weight`,
  classifier: "classifier.1.weight",
  first: 0,
  convolution: (stage, block, index) =>
    `${prefix}encoder.stages.${stage}.layers.${block}.layer.${index}.convolution.weight`,
  shortcut: (stage, block) =>
    `${prefix}encoder.stages.${stage}.layers.${block}.shortcut.convolution.weight`,
});

const namings = [torchvision, huggingFace("resnet."), huggingFace("")];

/** The names that a checkpoint's first two convolutions have, `undefined` where it has neither. */
export function resNetNames({ tensors }: Checkpoint): ResNetNames | undefined {
  return namings.find(({ stem, first, convolution }) =>
    tensors.has(stem) && tensors.has(convolution(first, 0, first))
  );
}
