/** Checkpoints of any shapes whose weights are drawn when they are first read. */

import type {
  Checkpoint,
  FloatType,
  StoredValues,
  TensorInfo,
} from "../../lib/checkpoints/checkpoint.ts";
import { bytesPerValue } from "../../lib/checkpoints/decode_values.ts";
import { normals } from "../golden/seeded_normals.ts";

/** Tensors' shapes by name. */
export type Shapes = Readonly<Record<string, readonly number[]>>;

/**
 * A checkpoint in memory. Its weights are normal with a deviation of 0.02, one in 64 of them zero; both half-precision
 * formats represent them, so that every format stores the same.
 *
 * @param change What to make of a tensor's weights before they are stored.
 */
export function memoryCheckpoint(
  shapes: Shapes,
  dtype: FloatType,
  config: Readonly<Record<string, unknown>> | null = null,
  change: (values: Float64Array, name: string) => void = () => {},
): Checkpoint {
  const tensors = new Map<string, TensorInfo>(
    Object.entries(shapes).map(([name, shape]) => [name, { name, dtype, shape }]),
  );
  const made = new Map<string, Uint8Array>();
  return {
    ...{ model: "memory", step: 0, source: "memory", config, tensors },
    digest: () => Promise.resolve("0".repeat(64)),
    read: (name, rows): Promise<StoredValues> => {
      const shape = shapes[name]!;
      if (!made.has(name)) {
        const values = weights(name, shape);
        change(values, name);
        made.set(name, stored(values, dtype));
      }
      const bytes = made.get(name)!;
      if (!rows) return Promise.resolve({ dtype, shape, bytes });
      const rowBytes = product(shape.slice(1)) * bytesPerValue.get(dtype)!;
      const parts = rows.map(({ start, end }) => bytes.subarray(start * rowBytes, end * rowBytes));
      const part = parts.length === 1 ? parts[0]! : concatenated(parts);
      const count = part.byteLength / rowBytes;
      return Promise.resolve({ dtype, shape: [count, ...shape.slice(1)], bytes: part });
    },
  };
}

/** Doubles as they lie in a file, after one byte, so that they begin at no multiple of their size. */
function stored(values: Float64Array, dtype: FloatType): Uint8Array {
  const numbers = {
    F64: () => values,
    F32: () => new Float32Array(values),
    F16: () => new Float16Array(values),
    BF16: () =>
      Uint16Array.from(new Uint32Array(new Float32Array(values).buffer), (bits) => bits >>> 16),
  }[dtype]();
  const bytes = new Uint8Array(1 + numbers.byteLength);
  bytes.set(new Uint8Array(numbers.buffer as ArrayBuffer), 1);
  return bytes.subarray(1);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.byteLength;
  }
  return all;
}

function weights(name: string, shape: readonly number[]): Float64Array {
  const singles = new Float32Array(normals(name, product(shape))).map((z, i) =>
    i % 64 === 9 || Math.abs(z) < 0.01 ? 0 : 0.02 * z
  );
  const bits = new Uint32Array(singles.buffer);
  for (let i = 0; i < bits.length; i++) bits[i]! &= 0xffff0000;
  return new Float64Array(singles);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}
