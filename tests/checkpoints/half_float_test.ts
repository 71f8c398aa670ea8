import assert from "node:assert/strict";
import { fromBfloat16Bits, fromHalfBits, toHalfBits } from "../../lib/checkpoints/half_float.ts";

/** The value of half-precision bits by the definition of IEEE 754. */
function definedValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent
    ? sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
    : sign * fraction * 2 ** -24;
}

Deno.test("all 65,536 half-precision bits have the value of the definition and come back", () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = definedValue(bits);
    assert.ok(Object.is(fromHalfBits(bits), value), `bits ${bits}`);
    if (!Number.isNaN(value)) assert.equal(toHalfBits(value), bits);
  }
});

Deno.test("a value half-way between two half-precision numbers goes to the even one", () => {
  for (let bits = 0; bits < 0x7bff; bits++) {
    const middle = (definedValue(bits) + definedValue(bits + 1)) / 2;
    assert.equal(toHalfBits(middle), bits % 2 ? bits + 1 : bits);
    assert.equal(toHalfBits(-middle), 0x8000 | (bits % 2 ? bits + 1 : bits));
  }
});

Deno.test("rounding to half precision happens once: a hair above the middle goes up", () => {
  // Rounded to single precision first, each of these would fall on the middle and then down to even.
  for (let bits = 0; bits < 0x7bff; bits += 2) {
    const middle = (definedValue(bits) + definedValue(bits + 1)) / 2;
    assert.equal(toHalfBits(middle * (1 + 2 ** -40)), bits + 1);
    assert.equal(toHalfBits(middle * (1 - 2 ** -40)), bits);
  }
});

Deno.test("what is too large for half precision becomes infinity, from 65520 on", () => {
  assert.equal(toHalfBits(65519.999), 0x7bff);
  assert.equal(toHalfBits(65520), 0x7c00);
  assert.equal(toHalfBits(-1e300), 0xfc00);
  assert.ok(Number.isNaN(fromHalfBits(toHalfBits(NaN))));
});

Deno.test("bfloat16 bits are the upper half of a single-precision number", () => {
  assert.equal(fromBfloat16Bits(0x3f80), 1);
  assert.equal(fromBfloat16Bits(0xc049), -3.140625);
  assert.equal(fromBfloat16Bits(0x0001), 2 ** -133);
  assert.ok(Object.is(fromBfloat16Bits(0x8000), -0));
  assert.equal(fromBfloat16Bits(0xff80), -Infinity);
});
