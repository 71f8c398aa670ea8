/** A tiny Pythia whose branches, files, tensors and config are called as in the hub's repositories. */

import { type Branches, largeFile, type ServedFile } from "../hub_server.ts";
import { type TorchTensorBytes, torchZipBytes } from "../torch_bytes.ts";
import { configFile, floats, safetensors, type Shapes, sizes } from "./tiny_files.ts";

/** The steps of a Pythia's branches, all 154. */
export const PYTHIA_STEPS: readonly number[] = [
  ...[0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  ...Array.from({ length: 143 }, (_, i) => 1000 * (i + 1)),
];

const { blocks, heads, words, places } = sizes;

/** What distinguishes a tiny Pythia from the others. */
export interface TinyPythiaOptions {
  /** Its width. */
  readonly hidden?: number;
  /** What its weights are drawn from. */
  readonly key?: string;
  /** Steps that have a branch whose weights nobody may read; none unless given. */
  readonly unread?: readonly number[];
}

/** `EleutherAI/pythia-…`: a branch for each step, in the one format or the other, and the last again as `main`. */
export async function tinyPythia(
  steps: readonly number[],
  { hidden = sizes.hidden, key = "pythia", unread = [] }: TinyPythiaOptions = {},
): Promise<Branches> {
  const shapes: Shapes = { "gpt_neox.embed_in.weight": [words, hidden] };
  const masks: TorchTensorBytes[] = [];
  const add = (name: string, ...shape: number[]) => {
    shapes[`${name}.weight`] = shape;
    shapes[`${name}.bias`] = shape.slice(0, 1);
  };
  for (let block = 0; block < blocks; block++) {
    const name = `gpt_neox.layers.${block}`;
    add(`${name}.input_layernorm`, hidden);
    add(`${name}.post_attention_layernorm`, hidden);
    const [shape, bytes] = [[1, 1, places, places], new Uint8Array(places ** 2)];
    masks.push({ name: `${name}.attention.bias`, dtype: "U8", shape, bytes });
    shapes[`${name}.attention.masked_bias`] = [];
    shapes[`${name}.attention.rotary_emb.inv_freq`] = [2];
    add(`${name}.attention.query_key_value`, 3 * hidden, hidden);
    add(`${name}.attention.dense`, hidden, hidden);
    add(`${name}.mlp.dense_h_to_4h`, 4 * hidden, hidden);
    add(`${name}.mlp.dense_4h_to_h`, hidden, 4 * hidden);
  }
  add("gpt_neox.final_layer_norm", hidden);
  shapes["embed_out.weight"] = [words, hidden];
  const config = {
    architectures: ["GPTNeoXForCausalLM"],
    hidden_act: "gelu",
    hidden_size: hidden,
    intermediate_size: 4 * hidden,
    max_position_embeddings: places,
    model_type: "gpt_neox",
    num_attention_heads: heads,
    num_hidden_layers: blocks,
    rotary_pct: 0.25,
    tie_word_embeddings: false,
    torch_dtype: "float16",
    use_parallel_residual: true,
    vocab_size: words,
  };
  const branches: Record<string, Record<string, ServedFile>> = {};
  for (const step of steps) {
    const tensors = [...masks, ...floats("F16", shapes, key, step / 143_000)];
    branches[`step${step}`] = branches.main = {
      ...configFile(config),
      ...step === 0
        ? { "pytorch_model.bin": largeFile(await torchZipBytes(tensors)) }
        : { "model.safetensors": await safetensors(tensors) },
    };
  }
  for (const step of unread) {
    branches[`step${step}`] = {
      ...configFile(config),
      "model.safetensors": unreadFile(`${key} ${step}`),
    };
  }
  return branches;
}

/** A file that is listed, as others are, and fails the test if it is read. */
function unreadFile(content: string): ServedFile {
  const { sha256, oid } = largeFile(content);
  return {
    ...{ size: 1 << 20, sha256, oid },
    bytes: () => {
      throw new Error(`a file is read that nobody asked for: ${content}`);
    },
  };
}
