/** A network proposed by shapes and order, for a checkpoint of no known family. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { isFloatType } from "../checkpoints/decode_values.ts";
import { someNames } from "../messages/shown.ts";
import { recurrentMatrix } from "./recurrent.ts";
import { agreesWithVectors } from "./told_outputs.ts";
import type { ArchitectureDescription } from "../schemas/architecture_description.ts";
import { branchedChain, crossesRivals } from "./branched_chain.ts";
import { type ChainLink, longestChain, withSquaresTurned } from "./longest_chain.ts";

/** A network that a checkpoint may hold. */
export interface Proposal {
  readonly description: ArchitectureDescription;
  /** Whether every matrix has a place, and the only one that shapes and order allow. */
  readonly isCertain: boolean;
}

/** More matrices than a chain is looked for in. */
const MOST_MATRICES = 5000;

/** Biases that NumPy codes store as a row or a column: `b1`, `layer2_bias`. */
const BIAS = /(^|[._])b(ias(es)?)?_?\d*$/i;

const natural = new Intl.Collator("en", { numeric: true });
const orientations = ["out, in", "in, out"] as const;

/**
 * The network that holds all matrices of a checkpoint, in the order of the file or of their names: a chain of which each comes
 * from what the one before leads to, or one that parts, takes in new inputs or has a latent layer. Where some have no place it
 * is the longest chain; `null` where no two fit. It is a guess: shapes do not tell what a matrix is for.
 */
export function proposal(checkpoint: Checkpoint): Proposal | null {
  // Their shapes can be a chain's, but they lead back to where they come from.
  if (recurrentMatrix(checkpoint) !== undefined) return null;
  const { tensors } = checkpoint;
  const matrices = [...tensors.values()].filter(({ name, shape, dtype }) =>
    shape.length >= 2 && shape.length <= 5 && isFloatType(dtype) && !/[{}*]/.test(name) &&
    shape[0]! * shape[1]! > 1 && !isEmbedding(name) && !BIAS.test(name)
  );
  if (matrices.length > MOST_MATRICES) return null;
  const sorted = matrices.toSorted((a, b) => natural.compare(a.name, b.name));
  const isAlphabetical = matrices.every(({ name }, i) => i === 0 || matrices[i - 1]!.name < name);
  const isSorted = sorted.every((matrix, i) => matrix === matrices[i]);
  let longest: ChainLink[] = [];
  for (const order of isSorted ? [matrices] : [matrices, sorted]) {
    for (const orientation of orientations) {
      const chain = longestChain(order, orientation);
      if (chain.length > longest.length) longest = chain;
    }
    if (longest.length === matrices.length) break;
    // An order that is not the alphabet's is that of the program, and names tell less.
    if (order === sorted && !isAlphabetical && !isSorted) break;
    const [found, another] = orientations
      .flatMap((orientation) => branchedChain(order, orientation, !isAlphabetical) ?? []);
    if (found === undefined || another !== undefined) continue;
    const { section, links, ...about } = found;
    if (links.some(isChannelsLast) || !agreesWithVectors(links, tensors)) continue;
    return proposed(tensors, links.map(({ tensor }) => tensor.name), about, section, true);
  }
  if (longest.length < 2) return null;
  const turnedChain = withSquaresTurned(longest), links = turnedChain ?? longest;
  const usual = links[0]!.orientation;
  const turned = links.filter(({ tensor: { shape }, orientation }) =>
    shape.length > 2 && orientation === "in, out"
  );
  const isMixed = turned.length > 0 && turned.length < links.length;
  const about = {
    family: "chain",
    orientation: usual,
    ...isMixed && {
      choice: `${
        someNames(turned.map(({ tensor }) => tensor.name))
      } are taken for transposed convolutions`,
    },
  };
  const chain = links.map(({ tensor: { name, shape }, orientation }) => {
    const axes = shape.length as 2 | 3 | 4 | 5, isOther = orientation !== usual;
    if (axes === 2 && !isOther) return name;
    return { tensor: name, ...axes > 2 && { axes }, ...isOther && { orientation } };
  });
  const isCertain = turnedChain !== null && !crossesRivals(longest) &&
    !longest.some(isChannelsLast) && agreesWithVectors(links, tensors);
  return proposed(tensors, links.map(({ tensor }) => tensor.name), about, { chain }, isCertain);
}

/** The description of a network that some of the tensors have a place in. */
function proposed(
  tensors: Checkpoint["tensors"],
  names: readonly string[],
  { orientation, ...about }: Pick<ArchitectureDescription, "family" | "orientation" | "choice">,
  section: ArchitectureDescription["sections"][number],
  isCertain: boolean,
): Proposal {
  const placed = new Set(names);
  const left = [...tensors.values()].filter(({ name, shape }) =>
    (shape.filter((size) => size > 1).length > 1 || isRow(name, shape)) && !placed.has(name)
  );
  const ignored = left.map(({ name }) => ({
    tensors: name,
    reason: isEmbedding(name) ? "embedding" : "no place in the proposed chain",
  }));
  const inputs = tensors.get(names[0]!)!.shape[1]!;
  // A table leads to the chain by its columns, for one token or several; a matrix would lead to it by its rows.
  const isTable = ({ name, shape: [rows, columns = 0] }: TensorInfo) =>
    isEmbedding(name) && !/unembe?d/i.test(name) && orientation !== "in, out" &&
    inputs % columns === 0 && rows !== inputs;
  return {
    isCertain: isCertain && left.every(isTable),
    description: {
      ...about,
      guess: true,
      recognised: { tensors: names },
      ...orientation === "in, out" && { orientation },
      sections: [section],
      takesAllOfFew: true,
      complete: true,
      ...left.length > 0 && { ignored },
    },
  };
}

/** Whether a tensor of one row or column is a matrix all the same: that of a single output or input. */
function isRow(name: string, shape: readonly number[]): boolean {
  return shape.length === 2 && shape[0]! * shape[1]! > 1 &&
    /(weight|kernel|(^|[._])w)_?\d*$/i.test(name);
}

/** Whether kernels are stored `[height, width, in, out]`, which no chain is looked for in. */
function isChannelsLast({ tensor: { shape } }: ChainLink): boolean {
  return shape.length === 4 && shape[0] === shape[1] && shape[2] !== shape[3];
}

/** Whether a name is that of an embedding, which is looked up, or of what leads back to one. */
export function isEmbedding(name: string): boolean {
  return /embed|embd|(^|[._])(wte|wpe|pos_emb|tok_emb)([._]|$)/i.test(name);
}
