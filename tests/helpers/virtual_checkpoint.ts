/** A GPT-NeoX checkpoint of any size whose bytes are made as they are asked for. */

import { createHash } from "node:crypto";
import type { ServedFile } from "./hub_server.ts";

/** Sizes of a model. */
export interface VirtualSizes {
  readonly blocks: number;
  readonly hidden: number;
  readonly vocabulary: number;
  readonly heads: number;
}

/** The sizes of Pythia-12b. */
export const sizesOf12b: VirtualSizes = { blocks: 36, hidden: 5120, vocabulary: 50688, heads: 40 };

/** Length of the pattern that the values repeat; no size of a row divides it. */
const period = 1_048_582;
const pattern = Uint8Array.from({ length: period }, (_, i) => {
  const mixed = Math.imul(i ^ (i >>> 7), 0x9e3779b1) >>> 16;
  // Sign, exponents from 2^-8 to 2^-5, any mantissa.
  return i % 2 === 0 ? mixed & 255 : (mixed & 0x83) | 0x1c | (mixed & 0x0c);
});

/** The bytes at a place of the file, after its header. */
export function virtualBytes(start: number, end: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(end - start);
  for (let filled = 0; filled < bytes.length;) {
    const from = (start + filled) % period;
    const part = pattern.subarray(from, Math.min(period, from + bytes.length - filled));
    bytes.set(part, filled);
    filled += part.length;
  }
  return bytes;
}

/** `model.safetensors` in F16 with the names and shapes of a Pythia model; its digest is made up. */
export function virtualCheckpoint(sizes: VirtualSizes): ServedFile {
  const header = headerOf(sizes);
  const size = header.length + dataBytes(sizes);
  const sha256 = createHash("sha256").update(header).digest("hex");
  return {
    size,
    sha256,
    oid: sha256.slice(0, 40),
    bytes(start, end) {
      const bytes = virtualBytes(start, end);
      if (start < header.length) bytes.set(header.subarray(start, Math.min(end, header.length)));
      return bytes;
    },
  };
}

/** Its `config.json`. */
export function virtualConfig({ blocks, hidden, vocabulary, heads }: VirtualSizes): string {
  return JSON.stringify({
    architectures: ["GPTNeoXForCausalLM"],
    model_type: "gpt_neox",
    hidden_size: hidden,
    intermediate_size: 4 * hidden,
    num_hidden_layers: blocks,
    num_attention_heads: heads,
    vocab_size: vocabulary,
  });
}

function shapesOf({ blocks, hidden, vocabulary }: VirtualSizes): [string, number[]][] {
  const shapes: [string, number[]][] = [["embed_out.weight", [vocabulary, hidden]], [
    "gpt_neox.embed_in.weight",
    [vocabulary, hidden],
  ]];
  for (let block = 0; block < blocks; block++) {
    const matrices = [
      ["attention.query_key_value", 3 * hidden, hidden],
      ["attention.dense", hidden, hidden],
      ["mlp.dense_h_to_4h", 4 * hidden, hidden],
      ["mlp.dense_4h_to_h", hidden, 4 * hidden],
    ] as const;
    for (const [name, rows, columns] of matrices) {
      shapes.push([`gpt_neox.layers.${block}.${name}.weight`, [rows, columns]]);
      shapes.push([`gpt_neox.layers.${block}.${name}.bias`, [rows]]);
    }
  }
  return shapes;
}

function bytesOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 2);
}

function dataBytes(sizes: VirtualSizes): number {
  return shapesOf(sizes).reduce((sum, [, shape]) => sum + bytesOf(shape), 0);
}

function headerOf(sizes: VirtualSizes): Uint8Array {
  let offset = 0;
  const entries = shapesOf(sizes).map(([name, shape]) => [name, {
    dtype: "F16",
    shape,
    data_offsets: [offset, offset += bytesOf(shape)],
  }]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const header = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - 8), true);
  header.set(json, 8);
  return header;
}
