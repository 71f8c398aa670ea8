/** IEEE 754 half precision and bfloat16, between bits and values, one number at a time. */

const half = new Float16Array(1);
const halfBits = new Uint16Array(half.buffer);
const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/**
 * The 16 bits of the half-precision number nearest to `value`, ties to even, rounded once (not by way of
 * single precision); what is too large becomes infinity.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toHalfBits } from "neuromfa";
 *
 * assert.equal(toHalfBits(-2), 0xc000);
 * assert.equal(toHalfBits(65520), 0x7c00); // infinity
 * ```
 */
export function toHalfBits(value: number): number {
  half[0] = value;
  return halfBits[0]!;
}

/**
 * The value of 16 half-precision bits, exactly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fromHalfBits } from "neuromfa";
 *
 * assert.equal(fromHalfBits(0x3555), 0.333251953125);
 * ```
 */
export function fromHalfBits(bits: number): number {
  halfBits[0] = bits;
  return half[0]!;
}

/**
 * The value of 16 bfloat16 bits, exactly: they are the upper half of a single-precision number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fromBfloat16Bits } from "neuromfa";
 *
 * assert.equal(fromBfloat16Bits(0x3eab), 0.333984375);
 * ```
 */
export function fromBfloat16Bits(bits: number): number {
  singleBits[0] = bits << 16;
  return single[0]!;
}
