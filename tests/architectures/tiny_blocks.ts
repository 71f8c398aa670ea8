/** The matrices of two small transformer blocks, and checkpoints that name them as a family does. */

import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { type TinyTensors, wholeNetwork, withTiny } from "./tiny_models.ts";

export type Rows = readonly (readonly number[])[];

/** A matrix of numbers that no other matrix has. */
let next = 1;
export const matrix = (rows: number, columns: number): Rows =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => next++));
export const transposed = (rows: Rows): Rows => rows[0]!.map((_, i) => rows.map((row) => row[i]!));

/** Hidden size 4, two heads of 2 neurons, 3 neurons inside the MLP; two blocks, as matrices [out, in]. */
export const blocks = [0, 1].map(() => ({
  ...{ q: matrix(4, 4), k: matrix(4, 4), v: matrix(4, 4), o: matrix(4, 4) },
  ...{ up: matrix(3, 4), gate: matrix(3, 4), down: matrix(4, 3) },
}));
/** The same with one key and one value head for both. */
export const shared = blocks.map((block) => ({ ...block, k: matrix(2, 4), v: matrix(2, 4) }));
export type Block = typeof blocks[0];

/** A checkpoint with these tensors for each block. */
export function model(
  named: (block: Block, number: number) => TinyTensors,
  of = blocks,
): TinyTensors {
  return Object.assign({}, ...of.map(named));
}

/** All edges of a checkpoint, and its family. */
export async function edges(
  tensors: TinyTensors,
  config: object | null = null,
): Promise<{ family: string; network: string }> {
  let found: { family: string; network: string } | undefined;
  await withTiny(tensors, config, async (checkpoint) => {
    const { family } = detectArchitecture(checkpoint);
    found = { family, network: await wholeNetwork(checkpoint) };
  });
  return found!;
}

/** Named as a family names them, for the matrices in this order: q, k, v, o, up, down. */
export const named = (prefix: (number: number) => string, names: readonly string[]) => {
  const roles = ["q", "k", "v", "o", "up", "down"] as const;
  return (block: Block, number: number): TinyTensors =>
    Object.fromEntries(
      names.map((name, i) => [`${prefix(number)}${name}.weight`, block[roles[i]!]]),
    );
};

// BERT's and Llama's networks are worked out by hand in their own tests.
export const bert = named((n) => `bert.encoder.layer.${n}.`, [
  ...["query", "key", "value"].map((name) => `attention.self.${name}`),
  ...["attention.output.dense", "intermediate.dense", "output.dense"],
]);
export const llama = (block: Block, n: number): TinyTensors => {
  const at = `model.layers.${n}.`;
  return {
    ...named((n) => `model.layers.${n}.`, [
      ...["q", "k", "v", "o"].map((name) => `self_attn.${name}_proj`),
      ...["mlp.up_proj", "mlp.down_proj"],
    ])(block, n),
    [`${at}mlp.gate_proj.weight`]: block.gate,
  };
};
