import assert from "node:assert/strict";
import { decodeValues, halfValue } from "../../lib/checkpoints/decode_values.ts";

const allBits = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

/** The value of 16 bits by the IEEE 754 definition: sign, biased exponent, fraction. */
function byDefinition(bits: number, fractionBits: number): number {
  const exponentBits = 15 - fractionBits;
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (exponent - bias);
}

for (const [dtype, fractionBits] of [["F16", 10], ["BF16", 7]] as const) {
  Deno.test(`every ${dtype} number is decoded exactly`, () => {
    const bytes = new Uint8Array(allBits.buffer);
    const decoded = decodeValues({ dtype, shape: [256, 256], bytes });
    assert.equal(decoded.length, 65536);
    allBits.forEach((bits) =>
      assert.ok(Object.is(decoded[bits], byDefinition(bits, fractionBits)), `bits ${bits}`)
    );
  });
}

Deno.test("F32 and F64 values come out as they are, from bytes that start anywhere", () => {
  const values = [1 / 3, -0, 5e-324, 1e300, Infinity, -1.5];
  for (const dtype of ["F32", "F64"] as const) {
    const stored = dtype === "F32" ? new Float32Array(values) : new Float64Array(values);
    const shifted = new Uint8Array(1 + stored.byteLength);
    shifted.set(new Uint8Array(stored.buffer), 1);
    const decoded = decodeValues({ dtype, shape: [2, 3], bytes: shifted.subarray(1) });
    assert.deepEqual(decoded, new Float64Array(stored));
  }
});

Deno.test("decoded values do not share memory with the stored bytes", () => {
  const bytes = new Uint8Array(new Float64Array([7]).buffer);
  const decoded = decodeValues({ dtype: "F64", shape: [1], bytes });
  bytes.fill(0);
  assert.deepEqual(decoded, new Float64Array([7]));
});

Deno.test("a scalar has one value and an empty tensor has none", () => {
  const bytes = new Uint8Array([0, 0xbc]);
  assert.deepEqual(decodeValues({ dtype: "F16", shape: [], bytes }), new Float64Array([-1]));
  const empty = decodeValues({ dtype: "F16", shape: [0, 9], bytes: new Uint8Array(0) });
  assert.equal(empty.length, 0);
});

Deno.test("bytes that do not fit the shape are refused", () => {
  assert.throws(
    () => decodeValues({ dtype: "F16", shape: [2, 3], bytes: new Uint8Array(11) }),
    new Error("F16 values of shape [2,3] take 12 bytes, not 11"),
  );
});

Deno.test("halfValue() is the number that a Float16Array has of every code", () => {
  const halves = new Float16Array(Uint16Array.from({ length: 2 ** 16 }, (_, code) => code).buffer);
  assert.ok(halves.every((value, code) => Object.is(value, halfValue(code))));
});
