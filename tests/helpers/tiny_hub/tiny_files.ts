/** What tiny models for a hub are made of: random tensors, and the files that hold them. */

import { safetensorsParts } from "../../../lib/checkpoints/write_safetensors.ts";
import { normals } from "../../golden/seeded_normals.ts";
import { largeFile, type ServedFile, smallFile } from "../hub_server.ts";
import type { TorchTensorBytes } from "../torch_bytes.ts";

/** Shapes by a tensor's name. */
export type Shapes = Record<string, readonly number[]>;

/** Sizes that all transformers among them share. */
export const sizes = { hidden: 64, blocks: 2, heads: 4, words: 10, places: 8 } as const;

/** A `config.json`. */
export function configFile(config: object): Record<string, ServedFile> {
  return { "config.json": smallFile(JSON.stringify(config)) };
}

/** Tensors of normal numbers whose rows differ in strength, ever more as training goes from 0 to 1; vectors are 0. */
export function floats(
  dtype: "F16" | "F32",
  shapes: Shapes,
  key: string,
  trained: number,
): TorchTensorBytes[] {
  return Object.entries(shapes).map(([name, shape]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = new (dtype === "F16" ? Float16Array : Float32Array)(count);
    if (shape.length > 1) {
      const gains = normals(`${key} ${name} rows`, shape[0]!);
      const noise = normals(`${key} ${name}`, count);
      const rowLength = count / shape[0]!;
      values.set(
        noise.map((z, i) => 0.05 * z * Math.exp(trained * gains[Math.floor(i / rowLength)]!)),
      );
    }
    return { name, dtype, shape, bytes: new Uint8Array(values.buffer) };
  });
}

/** A `model.safetensors`. */
export async function safetensors(tensors: readonly TorchTensorBytes[]): Promise<ServedFile> {
  const parts = safetensorsParts("model.safetensors", tensors, { format: "pt" });
  return largeFile(await new Blob(parts as BlobPart[]).bytes());
}
