/** A network proposed by shapes and order, for a checkpoint of no known family. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { isFloatType } from "../checkpoints/decode_values.ts";
import { recurrentMatrix } from "./recurrent.ts";
import type { ArchitectureDescription } from "../schemas/architecture_description.ts";

/** More matrices than a chain is looked for in. */
const MOST_MATRICES = 5000;

/** Biases that NumPy codes store as a row or a column: `b1`, `layer2_bias`. */
const BIAS = /(^|[._])b(ias(es)?)?_?\d*$/i;

const natural = new Intl.Collator("en", { numeric: true });

/**
 * The longest chain of matrices, in the order of their names or of the file, of which each comes from what the one before
 * leads to; `null` where no two fit. It is a guess: shapes do not tell what a matrix is for.
 */
export function proposedDescription(checkpoint: Checkpoint): ArchitectureDescription | null {
  // Their shapes can be a chain's, but they lead back to where they come from.
  if (recurrentMatrix(checkpoint) !== undefined) return null;
  const { tensors } = checkpoint;
  const matrices = [...tensors.values()].filter(({ name, shape, dtype }) =>
    shape.length >= 2 && shape.length <= 5 && isFloatType(dtype) && !/[{}*]/.test(name) &&
    shape[0]! * shape[1]! > 1 && !isEmbedding(name) && !BIAS.test(name)
  );
  if (matrices.length > MOST_MATRICES) return null;
  const orders = [matrices, matrices.toSorted((a, b) => natural.compare(a.name, b.name))];
  const chains = (["out, in", "in, out"] as const).flatMap((orientation) =>
    orders.map((order) => ({ orientation, chain: longestChain(order, orientation) }))
  );
  const best = chains.reduce((one, other) => other.chain.length > one.chain.length ? other : one);
  if (best.chain.length < 2) return null;
  const chained = new Set(best.chain);
  const names = best.chain.map(({ name }) => name);
  const left = [...tensors.values()].filter((tensor) =>
    tensor.shape.filter((size) => size > 1).length > 1 && !chained.has(tensor)
  );
  return {
    family: "chain",
    guess: true,
    recognised: { tensors: names },
    ...best.orientation === "in, out" && { orientation: best.orientation },
    sections: [{
      chain: best.chain.map(({ name, shape }) =>
        shape.length === 2 ? name : { tensor: name, axes: shape.length as 3 | 4 | 5 }
      ),
    }],
    takesAllOfFew: true,
    complete: true,
    ...left.length > 0 && {
      ignored: left.map(({ name }) => ({
        tensors: name,
        reason: isEmbedding(name) ? "embedding" : "no place in the proposed chain",
      })),
    },
  };
}

/** The longest list in an order of which each matrix fits the one before. */
function longestChain(
  order: readonly TensorInfo[],
  orientation: "out, in" | "in, out",
): TensorInfo[] {
  const [out, into] = orientation === "out, in" ? [0, 1] : [1, 0];
  const lengths: number[] = [], before: number[] = [];
  let last = -1;
  for (const [i, { shape }] of order.entries()) {
    lengths[i] = 1;
    before[i] = -1;
    for (let j = 0; j < i; j++) {
      const earlier = order[j]!.shape;
      const channels = earlier[out]!, inputs = shape[into]!;
      // After convolutions every channel is seen at each position.
      const isFlattened = out === 0 && earlier.length > 2 && shape.length === 2 &&
        inputs % channels === 0;
      if (inputs !== channels && !isFlattened) continue;
      // Of chains that are as long, the one whose last link is nearest.
      if (lengths[j]! + 1 >= lengths[i]!) [lengths[i], before[i]] = [lengths[j]! + 1, j];
    }
    if (last < 0 || lengths[i]! > lengths[last]!) last = i;
  }
  const chain: TensorInfo[] = [];
  for (let i = last; i >= 0; i = before[i]!) chain.unshift(order[i]!);
  return chain;
}

/** Whether a name is that of an embedding, which is looked up, or of what leads back to one. */
export function isEmbedding(name: string): boolean {
  return /embed|embd|(^|[._])(wte|wpe|pos_emb|tok_emb)([._]|$)/i.test(name);
}
