/** GPT-NeoX, the family of Pythia and of the bundled suite. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { shown } from "../checkpoints/shown.ts";
import { blockLayers } from "./block_layers.ts";
import type { Architecture, NeuronLayer, WeightMatrix } from "./architecture.ts";
import { checkConfiguredSize } from "./check_configured_size.ts";
import { floatMatrix } from "./float_matrix.ts";

/** GPTNeoXModel saves its tensors without the prefix that the models around it put in front. */
const blockTensor = /^((?:gpt_neox\.)?layers\.)(\d+)\./;

/** A block's matrices and the places of the layers that each joins, counted from the block's first. */
const matrixRoles = [
  ["attention.query_key_value", 0, 1],
  ["attention.dense", 2, 3],
  ["mlp.dense_h_to_4h", 3, 4],
  ["mlp.dense_4h_to_h", 4, 5],
] as const;

/** Whether a checkpoint's config says that it is GPT-NeoX or, where it says nothing, its tensors do. */
export function isGptNeoX({ config, tensors }: Checkpoint): boolean {
  if (typeof config?.model_type === "string") return config.model_type === "gpt_neox";
  if (Array.isArray(config?.architectures)) {
    return config.architectures.some((name) => /^GPTNeoX(For|Model)/.test(name));
  }
  return [...tensors.keys()].some((name) =>
    blockTensor.test(name) && name.endsWith(".attention.query_key_value.weight")
  );
}

/**
 * The layers and matrices of a GPT-NeoX checkpoint. Edges pass through a block as block input (h) →
 * query, key, value (3h) → attention output (h) → feed-forward input (h) → feed-forward hidden (usually 4h) → next
 * block's input (h); from query, key, value to attention output leads no weight matrix (Xiao et al., ICLR 2025, arXiv
 * 2402.09099). All sizes are those of the tensors.
 *
 * @throws {Error} naming the tensor that is missing or of a wrong shape, or the entry of the config that
 * contradicts the tensors.
 */
export function describeGptNeoX(checkpoint: Checkpoint): Architecture {
  const { prefix, blocks } = findBlocks(checkpoint.tensors);
  const find = (block: number, role: string) =>
    floatMatrix(checkpoint, `${prefix}${block}.${role}.weight`);
  const hidden = find(0, "attention.query_key_value").shape[1]!;
  const intermediate = find(0, "mlp.dense_h_to_4h").shape[0]!;
  const sizes = [hidden, 3 * hidden, hidden, hidden, intermediate, hidden];
  const layers: NeuronLayer[] = [];
  const matrices: WeightMatrix[] = [];
  for (let block = 0; block < blocks; block++) {
    const first = layers.length;
    layers.push(...blockLayers(block, hidden, intermediate));
    for (const [role, from, to] of matrixRoles) {
      const tensor = find(block, role);
      const [rows, columns] = [sizes[to]!, sizes[from]!];
      checkShape(tensor, rows, columns, checkpoint.source);
      matrices.push({
        role,
        block,
        tensor: tensor.name,
        rows,
        columns,
        from: first + from,
        to: first + to,
      });
    }
  }
  const [block, role] = [blocks - 1, "block output"];
  layers.push({ name: `block ${block} ${role}`, block, role, size: hidden, learned: false });
  checkConfiguredSize(checkpoint, "num_hidden_layers", blocks);
  checkConfiguredSize(checkpoint, "hidden_size", hidden);
  checkConfiguredSize(checkpoint, "intermediate_size", intermediate);
  const heads = configuredHeads(checkpoint, hidden);
  return { family: "gpt_neox", blocks, hidden, intermediate, heads, layers, matrices };
}

function findBlocks(tensors: ReadonlyMap<string, TensorInfo>) {
  let prefix = "gpt_neox.layers.";
  let blocks = 1;
  for (const name of tensors.keys()) {
    const match = blockTensor.exec(name);
    if (!match) continue;
    prefix = match[1]!;
    blocks = Math.max(blocks, Number(match[2]) + 1);
  }
  return { prefix, blocks };
}

function checkShape({ name, shape }: TensorInfo, rows: number, columns: number, source: string) {
  if (shape[0] === rows && shape[1] === columns) return;
  throw new Error(
    `tensor ${name} of ${source} has the shape ${shown(shape)}, but the first block's sizes ` +
      `ask for ${shown([rows, columns])}; get the checkpoint again`,
  );
}

function configuredHeads({ config, source }: Checkpoint, hidden: number): number | null {
  const heads = config?.num_attention_heads ?? null;
  if (heads === null) return null;
  if (typeof heads === "number" && heads > 0 && Number.isInteger(hidden / heads)) {
    if (Number.isInteger(heads)) return heads;
  }
  throw new Error(
    `config.json of ${source} says num_attention_heads ${shown(heads)}, ` +
      `which does not divide the hidden size ${hidden}`,
  );
}
