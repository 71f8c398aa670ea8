/** Plain multilayer perceptrons: numbered matrices, each as wide as the one before is high. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import type { Architecture, NeuronLayer, WeightMatrix } from "./architecture.ts";
import { checkShape, floatMatrix } from "./checks.ts";
import { drawEach } from "./layer_chain.ts";

/** `0.weight`, `layers.2.weight`, `fc1.weight`: what comes before the number is the same for all. */
const NUMBERED = /^(.*\D|)(\d+)\.weight$/;

/** Whether all weights of a checkpoint are numbered matrices and have the same name but for the number. */
export function isMlp(checkpoint: Checkpoint): boolean {
  const weights = weightsOf(checkpoint);
  const prefixes = new Set(weights.map(({ name }) => NUMBERED.exec(name)?.[1]));
  return prefixes.size === 1 && !prefixes.has(undefined) &&
    weights.every(({ shape }) => shape.length === 2);
}

/**
 * The layers and matrices of a plain MLP, a chain in the order of the matrices' numbers. All layers are drawn in that
 * order, `layerSample` neurons of each.
 *
 * @throws {Error} naming the tensor that does not fit the one before.
 */
export function describeMlp(checkpoint: Checkpoint): Architecture {
  const names = weightsOf(checkpoint).map(({ name }) => name)
    .sort((a, b) => numberOf(a) - numberOf(b));
  const layers: NeuronLayer[] = [];
  const matrices: WeightMatrix[] = [];
  const add = (role: string, block: number, size: number, learned: boolean) => {
    const name = `layer ${layers.length} ${role}`;
    layers.push({ name, block, role, size, learned });
  };
  for (const [block, name] of names.entries()) {
    const tensor = floatMatrix(checkpoint, name);
    const [rows, columns] = tensor.shape as [number, number];
    const before = matrices.at(-1);
    if (before) {
      const because = `the ${before.rows} outputs of ${before.tensor}`;
      checkShape(tensor, [rows, before.rows], checkpoint.source, because);
    }
    add(block === 0 ? "input" : "hidden", block, columns, true);
    matrices.push({
      role: name.replace(/\.weight$/, ""),
      block,
      tensor: name,
      rows,
      columns,
      from: block,
      to: block + 1,
      first: 0,
      orientation: "out, in",
      kernel: 1,
      fused: false,
    });
  }
  add("output", names.length - 1, matrices.at(-1)!.rows, false);
  return { family: "mlp", heads: null, layers, matrices, patterns: [], draws: drawEach(layers) };
}

/** All weights but vectors, which are biases and norms. */
function weightsOf({ tensors }: Checkpoint): TensorInfo[] {
  return [...tensors.values()].filter(({ name, shape }) =>
    shape.length > 1 && name.endsWith(".weight")
  );
}

function numberOf(name: string): number {
  return Number(NUMBERED.exec(name)![2]);
}
