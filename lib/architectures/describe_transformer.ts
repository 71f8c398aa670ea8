/** From what a family of transformers calls its matrices to the layers and matrices of one checkpoint. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { shown } from "../messages/shown.ts";
import type { Architecture, WeightMatrix } from "./architecture.ts";
import { checkConfiguredSize, checkShape, floatMatrix, refuseUnplacedTensors } from "./checks.ts";
import {
  type BlockPlace,
  placesInBlock,
  transformerLayers,
  type TransformerSizes,
} from "./transformer_layers.ts";

/** A family of transformers: the names of its tensors and of the sizes in its config. */
export interface TransformerFamily {
  /** Its name, e.g. `gpt_neox`. */
  readonly family: string;
  /** What the names of a block's tensors begin with; its two groups are the part before the block's number, and the number. */
  readonly blockTensor: RegExp;
  /**
   * A block's matrices in the order of the neurons that they come from: the role, which the tensor's name has between the
   * block's number and `.weight`, where edges come from and where they lead to.
   */
  readonly matrices: readonly (readonly [role: string, from: BlockPlace, to: BlockPlace])[];
  /** How the matrices are stored; default `out, in`. */
  readonly orientation?: WeightMatrix["orientation"];
  /** The role of a matrix whose rows are query, key and value head by head. */
  readonly fused?: string;
  /** What the config calls the number of blocks, the sizes and the number of heads. */
  readonly config: Readonly<Record<"blocks" | "hidden" | "intermediate" | "heads", string>>;
  /** The sizes, from the numbers of neurons that a matrix of the first block leads to and comes from. */
  sizes(joined: (role: string) => { to: number; from: number }, checkpoint: Checkpoint):
    & Pick<
      TransformerSizes,
      "hidden" | "intermediate"
    >
    & Partial<TransformerSizes>;
}

/** Whether a checkpoint's first block, or any other, has tensors of these roles. */
export function hasBlockTensors(
  { tensors }: Checkpoint,
  { blockTensor }: TransformerFamily,
  roles: readonly string[],
): boolean {
  const names = [...tensors.keys()].filter((name) => blockTensor.test(name));
  return roles.every((role) => names.some((name) => name.endsWith(`.${role}.weight`)));
}

/**
 * The layers and matrices of a checkpoint of a family. All sizes are those of the tensors.
 *
 * @throws {Error} naming the tensor that is missing, of a wrong shape or without a place, or the entry of the
 * config that contradicts the tensors.
 */
export function describeTransformer(
  checkpoint: Checkpoint,
  family: TransformerFamily,
): Architecture {
  const { source } = checkpoint;
  const { orientation = "out, in", config } = family;
  const { prefix, blocks } = findBlocks(checkpoint, family.blockTensor);
  const find = (block: number, role: string) =>
    floatMatrix(checkpoint, `${prefix}${block}.${role}.weight`);
  const joined = (role: string) => {
    const [first, second] = find(0, role).shape as [number, number];
    return orientation === "out, in" ? { to: first, from: second } : { to: second, from: first };
  };
  const given = family.sizes(joined, checkpoint);
  const { attention = given.hidden } = given;
  const sizes = { attention, keyValue: attention, headSize: attention, gated: false, ...given };
  const places = placesInBlock(sizes);
  const perBlock = places["block output"].layer;
  const matrices: WeightMatrix[] = [];
  for (let block = 0; block < blocks; block++) {
    for (const [role, source_, target] of family.matrices) {
      const tensor: TensorInfo = find(block, role);
      const [from, to] = [places[source_], places[target]];
      const [rows, columns] = [to.size, from.size];
      const shape = orientation === "out, in" ? [rows, columns] : [columns, rows];
      checkShape(tensor, shape, source, "the first block's sizes");
      matrices.push({
        role,
        block,
        tensor: tensor.name,
        rows,
        columns,
        from: block * perBlock + from.layer,
        to: block * perBlock + to.layer,
        first: to.first,
        orientation,
        kernel: 1,
        fused: role === family.fused,
      });
    }
  }
  const placed = matrices.map(({ tensor }) => tensor);
  refuseUnplacedTensors(checkpoint, family.family, placed, (name) => family.blockTensor.test(name));
  checkConfiguredSize(checkpoint, config.blocks, blocks);
  checkConfiguredSize(checkpoint, config.hidden, sizes.hidden);
  checkConfiguredSize(checkpoint, config.intermediate, sizes.intermediate);
  const heads = configuredHeads(checkpoint, config.heads, sizes.attention);
  return { family: family.family, heads, matrices, ...transformerLayers(blocks, sizes) };
}

/** The number of heads that a config tells, `null` where it tells none; it must divide the size. */
export function configuredHeads(
  { config, source }: Checkpoint,
  entry: string,
  size: number,
): number | null {
  const heads = config?.[entry] ?? null;
  if (heads === null) return null;
  if (typeof heads === "number" && heads > 0 && Number.isInteger(size / heads)) {
    if (Number.isInteger(heads)) return heads;
  }
  throw new Error(
    `config.json of ${source} says ${entry} ${shown(heads)}, ` +
      `which does not divide its ${size} attention outputs`,
  );
}

function findBlocks({ source, tensors }: Checkpoint, blockTensor: RegExp) {
  const prefixes = new Set<string>();
  let blocks = 0;
  for (const name of tensors.keys()) {
    const match = blockTensor.exec(name);
    if (!match) continue;
    prefixes.add(match[1]!);
    blocks = Math.max(blocks, Number(match[2]) + 1);
  }
  const [prefix, another] = prefixes;
  if (prefix === undefined) throw new Error(`${source} has no block; get the checkpoint again`);
  if (another === undefined) return { prefix, blocks };
  throw new Error(
    `${source} has two chains of blocks, ${shown(prefix)} and ${shown(another)}; ` +
      "only a model of one chain can be measured",
  );
}

/** The names that Hugging Face's transformers give the sizes wherever a family has none of its own. */
export const usualConfigNames: TransformerFamily["config"] = {
  blocks: "num_hidden_layers",
  hidden: "hidden_size",
  intermediate: "intermediate_size",
  heads: "num_attention_heads",
};
