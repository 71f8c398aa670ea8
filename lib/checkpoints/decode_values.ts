/** From stored bytes to numbers. */

import type { FloatType, StoredValues } from "./checkpoint.ts";

/**
 * The values of stored bytes as doubles, row-major; exact, since a double holds every value of the
 * four formats.
 *
 * @throws {Error} if there are not as many bytes as dtype and shape need.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeValues } from "neuromfa/checkpoints";
 *
 * const bytes = new Uint8Array([0x00, 0x3c, 0x00, 0xc0]);
 * assert.deepEqual([...decodeValues({ dtype: "F16", shape: [2], bytes })], [1, -2]);
 * assert.deepEqual([...decodeValues({ dtype: "BF16", shape: [2], bytes })], [0.0078125, -2]);
 * ```
 */
export function decodeValues(stored: StoredValues): Float64Array {
  const items = storedItems(stored);
  switch (stored.dtype) {
    case "F64":
      return Float64Array.from(items);
    case "F32":
      return new Float64Array(new Float32Array(items.buffer, items.byteOffset, items.length));
    case "F16":
      return decodeHalves(items);
    case "BF16": {
      // A bfloat16 is the upper half of a single-precision number.
      const singles = new Uint32Array(items.length);
      for (let i = 0; i < items.length; i++) singles[i] = items[i]! << 16;
      return new Float64Array(new Float32Array(singles.buffer));
    }
  }
}

/** Values as they are stored, not decoded: doubles, or the bits of each as an integer. */
export type StoredItems = Uint16Array | Uint32Array | Float64Array;

/** Stored bytes as one item for each value, so that some can be picked out before they are decoded. */
export function storedItems({ dtype, shape, bytes }: StoredValues): StoredItems {
  const size = bytesPerValue.get(dtype)!;
  const expected = shape.reduce((product, size) => product * size, size);
  if (bytes.byteLength !== expected) {
    throw new Error(
      `${dtype} values of shape [${shape}] take ${expected} bytes, not ${bytes.byteLength}`,
    );
  }
  // Typed arrays need their bytes to start at a multiple of the item's size: a copy does.
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  const length = bytes.byteLength / size;
  if (size === 8) return new Float64Array(buffer, byteOffset, length);
  if (size === 4) return new Uint32Array(buffer, byteOffset, length);
  return new Uint16Array(buffer, byteOffset, length);
}

/** The number of a half-precision code; by arithmetic, since Node 20 has no `Float16Array`. */
export function halfValue(code: number): number {
  const sign = code >> 15 === 0 ? 1 : -1, exponent = (code >> 10) & 31, fraction = code & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The numbers of all half-precision codes, made when they are first needed; singles, so that they stay in the second cache. */
let halves: Float32Array | undefined;

/** A look-up: Deno 2.9 takes 4 times as long to read a `Float16Array`, and more to convert one whole. */
function decodeHalves(codes: StoredItems): Float64Array {
  halves ??= Float32Array.from({ length: 2 ** 16 }, (_, code) => halfValue(code));
  const doubles = new Float64Array(codes.length);
  for (let i = 0; i < doubles.length; i++) doubles[i] = halves[codes[i]!]!;
  return doubles;
}

/** Bytes of one value of each number format, those of safetensors and torch's complex ones. */
export const bytesPerValue: ReadonlyMap<string, number> = new Map([
  ["C128", 16],
  ...["F64", "I64", "U64", "C64"].map((dtype) => [dtype, 8] as const),
  ...["F32", "I32", "U32", "C32"].map((dtype) => [dtype, 4] as const),
  ...["F16", "BF16", "I16", "U16"].map((dtype) => [dtype, 2] as const),
  ...["F8_E5M2", "F8_E4M3", "F8_E5M2FNUZ", "F8_E4M3FNUZ", "F8_E8M0"].map((dtype) =>
    [dtype, 1] as const
  ),
  ...["I8", "U8", "BOOL"].map((dtype) => [dtype, 1] as const),
  ...["F6_E2M3", "F6_E3M2"].map((dtype) => [dtype, 3 / 4] as const),
  ["F4", 1 / 2],
]);

/** The number formats whose values can be read as weights. */
export const floatTypes: readonly FloatType[] = ["F64", "F32", "F16", "BF16"];

/** Whether a stored number format is one whose values can be read as weights. */
export function isFloatType(dtype: string): dtype is FloatType {
  return (floatTypes as readonly string[]).includes(dtype);
}
