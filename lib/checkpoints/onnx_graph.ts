/** The network of an ONNX graph, where it is a chain of matrices and convolutions. */

import type { TensorInfo } from "./checkpoint.ts";

/** A node of a graph. */
export interface GraphNode {
  /** What it does, such as `Gemm`. */
  readonly op: string;
  /** What it takes: outputs of nodes, inputs of the graph, or tensors. */
  readonly inputs: readonly string[];
  /** What it makes. */
  readonly outputs: readonly string[];
  /** Its numbers by name. */
  readonly settings: ReadonlyMap<string, number | readonly number[]>;
}

type Orientation = "out, in" | "in, out";

/** A stored matrix that a node multiplies by. */
interface Multiplied {
  readonly tensor: string;
  readonly orientation: Orientation;
  /** What it is multiplied with. */
  readonly input: string;
}

/** Where values come from: the graph's inputs, the matrix of a number, or more than one of these. */
const INPUT = -1, MANY = -2;

/**
 * The network as data for `detectArchitecture`, by who feeds whom; `null` where the graph is no chain, or multiplies by tensors
 * in another way, so that it is told by names or not at all.
 */
export function describedGraph(
  nodes: readonly GraphNode[],
  inputs: readonly string[],
  tensors: ReadonlyMap<string, TensorInfo>,
): object | null {
  const stored = new Map(
    [...tensors.keys()].map((name) => [name, { tensor: name, isFlipped: false }]),
  );
  const origins = new Map<string, number>(inputs.map((name) => [name, INPUT]));
  const chain: Multiplied[] = [], embeddings: string[] = [];
  for (const node of nodes) {
    const { op, inputs: [first = "", second = ""], outputs, settings } = node;
    const held = stored.get(first);
    if (held && ["Identity", "Cast", "Transpose"].includes(op) && outputs[0] !== undefined) {
      const order = settings.get("perm") ?? [];
      const isFlip = op === "Transpose" && tensors.get(held.tensor)!.shape.length === 2 &&
        (order as readonly number[]).join() !== "0,1";
      if (op === "Transpose" && !isFlip && tensors.get(held.tensor)!.shape.length > 1) return null;
      stored.set(outputs[0], { ...held, isFlipped: held.isFlipped !== isFlip });
      continue;
    }
    if (op === "Gather" && held) embeddings.push(held.tensor);
    const multiplied = multiplication(node, stored);
    const matrices = node.inputs.flatMap((name) => stored.get(name)?.tensor ?? [])
      .filter((name) => tensors.get(name)!.shape.filter((size) => size > 1).length > 1);
    if (matrices.some((name) => name !== multiplied?.tensor) && op !== "Gather") return null;
    if (multiplied) {
      if (origins.get(multiplied.input) !== chain.length - 1) return null;
      if (chain.some(({ tensor }) => tensor === multiplied.tensor)) return null;
      for (const output of outputs) origins.set(output, chain.length);
      chain.push(multiplied);
      continue;
    }
    const from = new Set(
      [first, second, ...node.inputs.slice(2)].flatMap((name) => origins.get(name) ?? []),
    );
    const [only] = from;
    if (only === undefined) continue;
    for (const output of outputs) origins.set(output, from.size === 1 ? only : MANY);
  }
  if (chain.length < 2 || [...tensors.keys()].some((name) => /[{}*]/.test(name))) return null;
  return {
    family: "onnx graph",
    recognised: { tensors: chain.map(({ tensor }) => tensor) },
    sections: [{
      chain: chain.map(({ tensor, orientation }) => {
        const axes = tensors.get(tensor)!.shape.length;
        return { tensor, orientation, ...axes > 2 && { axes } };
      }),
    }],
    takesAllOfFew: true,
    complete: true,
    ...embeddings.length > 0 && {
      ignored: [...new Set(embeddings)].map((tensors) => ({ tensors, reason: "embedding" })),
    },
  };
}

/** The matrix or convolution of a node, and what it is multiplied with; `null` of other nodes. */
function multiplication(
  { op, inputs: [first = "", second = ""], settings }: GraphNode,
  stored: ReadonlyMap<string, { readonly tensor: string; readonly isFlipped: boolean }>,
): Multiplied | null {
  const right = stored.get(second), left = stored.get(first);
  const is = (name: string, usual: number) => (settings.get(name) ?? usual) === usual;
  const oriented = (
    { tensor, isFlipped }: NonNullable<typeof right>,
    isOutFirst: boolean,
    input: string,
  ) => (
    { tensor, input, orientation: isOutFirst !== isFlipped ? "out, in" : "in, out" } as const
  );
  if (op === "Conv" && right && !right.isFlipped && is("group", 1)) {
    return oriented(right, true, first);
  }
  if (op === "MatMul" && right && !left) return oriented(right, false, first);
  if (op === "MatMul" && left && !right) return oriented(left, true, second);
  if (op !== "Gemm" || !right || left || !is("transA", 0) || !is("alpha", 1)) return null;
  return oriented(right, !is("transB", 0), first);
}
