/** GPT-NeoX checkpoints of any size for timing, their weights drawn from a fixed seed. */

import { join } from "node:path";
import type { Checkpoint, FloatType } from "../../lib/checkpoints/checkpoint.ts";
import { bytesPerValue } from "../../lib/checkpoints/decode_values.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";

/** Weights with a deviation of 0.02, all of them numbers that each of the formats represents. */
export function drawnWeights(count: number): Float32Array<ArrayBuffer> {
  let state = 1;
  const uniform = () => (state = Math.imul(state, 1664525) + 1013904223 | 0) / 2 ** 31;
  const values = new Float32Array(count), bits = new Uint32Array(values.buffer);
  for (let i = 0; i < count; i++) {
    const value = 0.02 * (uniform() + uniform() + uniform());
    values[i] = Math.abs(value) < 2 ** -14 ? 0 : value;
    bits[i]! &= 0xffff0000;
  }
  return values;
}

/** The same weights in another format. */
export function inFormat(
  values: Float32Array<ArrayBuffer>,
  dtype: FloatType,
): Uint8Array<ArrayBuffer> {
  if (dtype === "F32") return new Uint8Array(values.buffer);
  if (dtype === "F16") return new Uint8Array(new Float16Array(values).buffer);
  const bits = new Uint32Array(values.buffer);
  return new Uint8Array(Uint16Array.from(bits, (single) => single >>> 16).buffer);
}

function shapesOf(hidden: number, blocks: number): [string, number[]][] {
  return Array.from({ length: blocks }, (_, block) =>
    ([
      ["attention.query_key_value", [3 * hidden, hidden]],
      ["attention.dense", [hidden, hidden]],
      ["mlp.dense_h_to_4h", [4 * hidden, hidden]],
      ["mlp.dense_4h_to_h", [hidden, 4 * hidden]],
    ] as [string, number[]][]).map(([role, shape]): [string, number[]] => [
      `gpt_neox.layers.${block}.${role}.weight`,
      shape,
    ])).flat();
}

/** Where a tensor's bytes begin in the drawn ones, so that no two are alike; a multiple of 8. */
function shiftOf(index: number): number {
  return (index * 4099 % 65536) * 8;
}

/** Write an F16 checkpoint into a folder. All tensors share the same drawn weights from different places. */
export async function writeBenchCheckpoint(folder: string, hidden: number, blocks: number) {
  const drawn = inFormat(drawnWeights(4 * hidden * hidden + 2 ** 18), "F16");
  await Deno.mkdir(folder, { recursive: true });
  const config = { model_type: "gpt_neox", hidden_size: hidden, num_attention_heads: hidden / 32 };
  await Deno.writeTextFile(join(folder, "config.json"), JSON.stringify(config));
  await writeSafetensors(
    join(folder, "model.safetensors"),
    shapesOf(hidden, blocks).map(([name, shape], index) => {
      const start = shiftOf(index);
      const bytes = drawn.subarray(start, start + 2 * shape[0]! * shape[1]!);
      return { name, dtype: "F16" as const, shape, bytes };
    }),
  );
}

/** The same checkpoint in memory, so that no disk is timed. */
export function blocksCheckpoint(hidden: number, blocks: number): Checkpoint {
  const drawn = inFormat(drawnWeights(4 * hidden * hidden + 2 ** 18), "F16");
  const tensors = new Map(
    shapesOf(hidden, blocks).map(([name, shape], index) => [
      name,
      { name, dtype: "F16" as const, shape, start: shiftOf(index) },
    ]),
  );
  return {
    ...{ model: "bench", step: 0, source: "bench", tensors },
    config: { model_type: "gpt_neox", hidden_size: hidden, num_attention_heads: hidden / 32 },
    digest: () => Promise.resolve("0".repeat(64)),
    read: (name, rows, into) => {
      const { dtype, shape, start: first } = tensors.get(name)!;
      const { start, end } = rows![0]!, rowBytes = 2 * shape[1]!;
      const bytes = drawn.subarray(first + start * rowBytes, first + end * rowBytes);
      into?.set(bytes);
      return Promise.resolve({ dtype, shape: [end - start, shape[1]!], bytes: into ?? bytes });
    },
  };
}

/** A checkpoint of square matrices, one behind another, whose bytes lie in memory so that no disk is timed. */
export function squareCheckpoint(
  side: number,
  count: number,
  dtype: FloatType,
  stored: Uint8Array<ArrayBuffer>,
): Checkpoint {
  const names = Array.from({ length: count }, (_, index) => `${index}.weight`);
  const rowBytes = side * bytesPerValue.get(dtype)!;
  return {
    ...{ model: "bench", step: 0, source: "bench", config: null },
    tensors: new Map(names.map((name) => [name, { name, dtype, shape: [side, side] }])),
    digest: () => Promise.resolve("0".repeat(64)),
    read: (_, rows, into) => {
      const { start, end } = rows![0]!;
      const bytes = stored.subarray(start * rowBytes, end * rowBytes);
      into?.set(bytes);
      return Promise.resolve({ dtype, shape: [end - start, side], bytes: into ?? bytes });
    },
  };
}
