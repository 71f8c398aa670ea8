/** From stored bytes to numbers. */

import type { StoredValues } from "./checkpoint.ts";
import { bytesPerValue } from "./dtypes.ts";

/**
 * The values of stored bytes as doubles, row-major; exact, since a double holds every value of the
 * four formats.
 *
 * @throws {Error} if there are not as many bytes as dtype and shape need.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeValues } from "neuromfa";
 *
 * const bytes = new Uint8Array([0x00, 0x3c, 0x00, 0xc0]);
 * assert.deepEqual([...decodeValues({ dtype: "F16", shape: [2], bytes })], [1, -2]);
 * assert.deepEqual([...decodeValues({ dtype: "BF16", shape: [2], bytes })], [0.0078125, -2]);
 * ```
 */
export function decodeValues({ dtype, shape, bytes }: StoredValues): Float64Array {
  const count = shape.reduce((product, size) => product * size, 1);
  const expected = count * bytesPerValue.get(dtype)!;
  if (bytes.byteLength !== expected) {
    throw new Error(
      `${dtype} values of shape [${shape}] take ${expected} bytes, not ${bytes.byteLength}`,
    );
  }
  // Typed arrays need their bytes to start at a multiple of the item's size: a copy does.
  const buffer = bytes.slice().buffer as ArrayBuffer;
  switch (dtype) {
    case "F64":
      return new Float64Array(buffer);
    case "F32":
      return new Float64Array(new Float32Array(buffer));
    case "F16":
      return new Float64Array(new Float16Array(buffer));
    case "BF16":
      return decodeBfloat16(new Uint16Array(buffer));
  }
}

/** A bfloat16 is the upper half of a single-precision number. */
function decodeBfloat16(bits: Uint16Array): Float64Array {
  const singleBits = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) singleBits[i] = bits[i]! << 16;
  return new Float64Array(new Float32Array(singleBits.buffer));
}
