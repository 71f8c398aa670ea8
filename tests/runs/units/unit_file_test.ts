import assert from "node:assert/strict";
import { decodeUnit, encodeUnit } from "../../../lib/runs/units/unit_file.ts";

const value = {
  text: 'f > 0, "quoted"',
  numbers: [1 / 3, -0, NaN, Infinity, 2 ** 53],
  nothing: null,
  isSo: true,
  nested: { tau: Float64Array.of(0.1, NaN, -Infinity, 5e-324), ids: Int32Array.of(-1, 2) },
  counts: [Uint32Array.of(2 ** 32 - 1), Uint16Array.of(), Uint8Array.of(3, 4, 5)],
};

Deno.test("decodeUnit() gives back what encodeUnit() was given, to the bit", () => {
  const decoded = decodeUnit(encodeUnit("key", value), "key", "a file");
  // deepEqual of node tells −0 from 0 and takes NaN for NaN.
  assert.deepEqual(decoded, value);
});

Deno.test("encodeUnit() gives the same bytes each time, a safetensors file", () => {
  const bytes = encodeUnit("key", value);
  assert.deepEqual(encodeUnit("key", structuredClone(value)), bytes);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  assert.deepEqual(header["nested.tau"].dtype, "F64");
  assert.deepEqual(header["counts.1"].shape, [0]);
  assert.equal(header["__metadata__"].key, "key");
});

Deno.test("encodeUnit() refuses what would not come back", () => {
  assert.throws(() => encodeUnit("key", { a: undefined }), /a of a unit is undefined/);
  assert.throws(() => encodeUnit("key", { a: 1n }), /a of a unit is 1, which a file cannot keep/);
  assert.throws(() => encodeUnit("key", { a: new BigInt64Array(1) }), /an array of a kind that/);
});

Deno.test("decodeUnit() refuses every file that was cut or changed, and one of something else", () => {
  const bytes = encodeUnit("key", value);
  assert.throws(
    () => decodeUnit(bytes, "other", "a file"),
    /a file was measured of something else/,
  );
  for (let end = 0; end < bytes.length; end += 7) {
    assert.throws(() => decodeUnit(bytes.slice(0, end), "key", "a file"), `${end} bytes`);
  }
  for (let i = 0; i < bytes.length; i++) {
    const changed = bytes.slice();
    changed[i]! ^= 1;
    // A space of the header's padding may change; nothing else may.
    let decoded: unknown;
    try {
      decoded = decodeUnit(changed, "key", "a file");
    } catch {
      continue;
    }
    assert.deepEqual(decoded, value, `byte ${i}`);
  }
});

Deno.test("decodeUnit() says of a header without what a unit says in front that it is no unit", () => {
  const json = new TextEncoder().encode('{"__metadata__":{"key":"key"}}');
  const bytes = new Uint8Array(8 + json.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  assert.throws(
    () => decodeUnit(bytes, "key", "a file"),
    { message: "a file: __metadata__.value is missing; it is no measured unit" },
  );
});
