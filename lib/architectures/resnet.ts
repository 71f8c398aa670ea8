/** Residual networks as torchvision and Hugging Face store them, of basic blocks (18, 34) or bottlenecks (50 to 152). */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture, NeuronLayer, WeightMatrix } from "./architecture.ts";
import { checkShape } from "./check_shape.ts";
import { floatMatrix } from "./float_matrix.ts";
import { drawEach } from "./layer_chain.ts";
import { resNetNames } from "./resnet_names.ts";
import { refuseUnplacedTensors } from "./unplaced_tensors.ts";

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
