/** Pythias in their real sizes as the hub lists them: configs, headers, and files without their bytes. */

import { createHash } from "node:crypto";
import { type Branches, largeFile, type ServedFile, smallFile } from "./hub_server.ts";

/** Width, blocks, heads and words of each size, and the files that its weights are in. */
const SIZES = {
  "70m": { hidden: 512, blocks: 6, heads: 8, words: 50_304, shards: 1 },
  "160m": { hidden: 768, blocks: 12, heads: 12, words: 50_304, shards: 1 },
  "410m": { hidden: 1024, blocks: 24, heads: 16, words: 50_304, shards: 1 },
  "1b": { hidden: 2048, blocks: 16, heads: 8, words: 50_304, shards: 1 },
  "1.4b": { hidden: 2048, blocks: 24, heads: 16, words: 50_304, shards: 1 },
  "2.8b": { hidden: 2560, blocks: 32, heads: 32, words: 50_304, shards: 1 },
  "6.9b": { hidden: 4096, blocks: 32, heads: 32, words: 50_432, shards: 2 },
  "12b": { hidden: 5120, blocks: 36, heads: 40, words: 50_688, shards: 3 },
} as const;

/** The size of a Pythia, as in its name. */
export type PythiaSize = keyof typeof SIZES;

/** All sizes, ascending. */
export const PYTHIA_SIZES = Object.keys(SIZES) as PythiaSize[];

/** Positions of the fixed attention pattern. */
const PLACES = 2048;

type Tensors = [name: string, dtype: "F16" | "BOOL", shape: readonly number[]][];

/** A branch for each of some steps; no two hold the same weights. */
export function pythiaLayout(size: PythiaSize, steps: readonly number[]): Branches {
  const { hidden, blocks, heads, words, shards } = SIZES[size];
  const config = smallFile(JSON.stringify({
    architectures: ["GPTNeoXForCausalLM"],
    hidden_size: hidden,
    intermediate_size: 4 * hidden,
    model_type: "gpt_neox",
    num_attention_heads: heads,
    num_hidden_layers: blocks,
    use_parallel_residual: true,
    vocab_size: words,
  }));
  const tensors: Tensors = [["gpt_neox.embed_in.weight", "F16", [words, hidden]]];
  const add = (name: string, ...shape: number[]) => {
    tensors.push([`${name}.bias`, "F16", shape.slice(0, 1)], [`${name}.weight`, "F16", shape]);
  };
  add("gpt_neox.final_layer_norm", hidden);
  for (let block = 0; block < blocks; block++) {
    const name = `gpt_neox.layers.${block}`;
    tensors.push([`${name}.attention.bias`, "BOOL", [1, 1, PLACES, PLACES]]);
    add(`${name}.attention.dense`, hidden, hidden);
    tensors.push([`${name}.attention.masked_bias`, "F16", []]);
    add(`${name}.attention.query_key_value`, 3 * hidden, hidden);
    tensors.push([`${name}.attention.rotary_emb.inv_freq`, "F16", [hidden / heads / 8]]);
    add(`${name}.input_layernorm`, hidden);
    add(`${name}.mlp.dense_4h_to_h`, hidden, 4 * hidden);
    add(`${name}.mlp.dense_h_to_4h`, 4 * hidden, hidden);
    add(`${name}.post_attention_layernorm`, hidden);
  }
  tensors.push(["embed_out.weight", "F16", [words, hidden]]);
  const parts = inShards(tensors, shards);
  const branches: Record<string, Record<string, ServedFile>> = {};
  for (const step of steps) {
    const files: Record<string, ServedFile> = { "config.json": config };
    const nameOf = (i: number) =>
      parts.length === 1
        ? "model.safetensors"
        : `model-0000${i + 1}-of-0000${parts.length}.safetensors`;
    parts.forEach((part, i) => files[nameOf(i)] = withoutBytes(part, `${size} ${step} ${i}`));
    if (parts.length > 1) {
      const places = parts.flatMap((part, i) => part.map(([name]) => [name, nameOf(i)]));
      const index = { metadata: {}, weight_map: Object.fromEntries(places) };
      files["model.safetensors.index.json"] = smallFile(JSON.stringify(index));
    }
    branches[`step${step}`] = branches.main = files;
  }
  return branches;
}

/** The tensors in some files of about the same size, in their order. */
function inShards(tensors: Tensors, shards: number): Tensors[] {
  const whole = tensors.reduce((sum, tensor) => sum + bytesOf(tensor), 0);
  let before = 0;
  const parts: Tensors[] = Array.from({ length: shards }, () => []);
  for (const tensor of tensors) {
    parts[Math.min(shards - 1, Math.floor(shards * before / whole))]!.push(tensor);
    before += bytesOf(tensor);
  }
  return parts;
}

function bytesOf([, dtype, shape]: Tensors[number]): number {
  return shape.reduce((product, side) => product * side, dtype === "F16" ? 2 : 1);
}

/** A safetensors file that holds zeros behind its header, made when they are asked for. */
function withoutBytes(tensors: Tensors, key: string): ServedFile {
  let begin = 0;
  const entries = tensors.map((tensor) => {
    const [name, dtype, shape] = tensor;
    const data_offsets = [begin, begin += bytesOf(tensor)];
    return [name, { dtype, shape, data_offsets }];
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const header = new Uint8Array(8 + json.length);
  new DataView(header.buffer).setBigUint64(0, BigInt(json.length), true);
  header.set(json, 8);
  const { oid } = largeFile(key);
  return {
    ...{ size: header.length + begin, oid },
    sha256: createHash("sha256").update(key).digest("hex"),
    bytes(start, end) {
      const bytes = new Uint8Array(end - start);
      bytes.set(header.subarray(start, Math.min(end, header.length)));
      return bytes;
    },
  };
}
