import assert from "node:assert/strict";
import { MOST_TENSORS } from "../../lib/checkpoints/tensor_count.ts";
import {
  MAXIMUM_HEADER_BYTES,
  parseSafetensorsHeader,
  safetensorsHeaderBytes,
  type StoredTensor,
} from "../../lib/checkpoints/safetensors_header.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";
import { throwsError } from "../helpers/throws_error.ts";

function parse(file: Uint8Array, size = file.length): ReadonlyMap<string, StoredTensor> {
  const length = safetensorsHeaderBytes(file.subarray(0, 8), size, "m.safetensors");
  return parseSafetensorsHeader(file.subarray(8, 8 + length), size, "m.safetensors");
}

const entry = (dtype: unknown, shape: unknown, ...offsets: unknown[]) => ({
  dtype,
  shape,
  data_offsets: offsets,
});

async function refused(header: unknown, data: number, message: RegExp) {
  await throwsError(() => parse(safetensorsBytes(header, data)), message);
}

Deno.test("tensors are listed in the order of the bytes with their places in the file", () => {
  const header = JSON.stringify({
    __metadata__: { format: "pt" },
    later: entry("I64", [1], 12, 20),
    first: entry("F16", [2, 3], 0, 12),
    none: entry("F32", [0, 5], 12, 12),
    scalar: entry("BOOL", [], 20, 21),
  });
  const tensors = parse(safetensorsBytes(header + "   ", 21));
  const start = 8 + header.length + 3;
  assert.deepEqual([...tensors.keys()], ["first", "none", "later", "scalar"]);
  assert.deepEqual(tensors.get("first"), {
    name: "first",
    dtype: "F16",
    shape: [2, 3],
    begin: start,
    end: start + 12,
  });
  assert.equal(tensors.get("scalar")?.end, start + 21);
});

Deno.test("a file without tensors is valid and empty", () => {
  assert.equal(parse(safetensorsBytes({}, 0)).size, 0);
});

Deno.test("a tensor may be called __proto__", () => {
  const header = '{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}';
  assert.equal(parse(safetensorsBytes(header, 1)).get("__proto__")?.dtype, "U8");
});

Deno.test("a header length that lies is refused before anything is allocated", async () => {
  const lies: [bigint, RegExp][] = [
    [3n, /announces a header of 3 bytes where at most 2 are possible/],
    [1n << 62n, /announces a header of 4611686018427387904 bytes/],
    [(1n << 64n) - 1n, /announces a header of 18446744073709551615 bytes/], // -1 if read as signed
  ];
  for (const [announced, message] of lies) {
    await throwsError(() => parse(safetensorsBytes("{}", 0, announced)), message);
  }
  const prefix = safetensorsBytes("", 0, BigInt(MAXIMUM_HEADER_BYTES + 1));
  await throwsError(
    () => safetensorsHeaderBytes(prefix, 1e12, "big"),
    /^big .* 100000001 bytes where at most 100000000 are possible/,
  );
  const longest = safetensorsBytes("", 0, BigInt(MAXIMUM_HEADER_BYTES));
  assert.equal(safetensorsHeaderBytes(longest, 1e12, "big"), MAXIMUM_HEADER_BYTES);
});

Deno.test("a file shorter than its prefix and a Git LFS pointer are named for what they are", async () => {
  await throwsError(() => parse(new Uint8Array(7)), /is no safetensors file: it has only 7 bytes/);
  await throwsError(() => parse(new Uint8Array(0)), /it has only 0 bytes/);
  const pointer = new TextEncoder().encode(
    "version https://git-lfs.github.com/spec/v1\noid sha256:0",
  );
  await throwsError(() => parse(pointer), /m.safetensors is a Git LFS pointer .* git lfs pull/);
});

Deno.test("a header that is no JSON object is refused", async () => {
  await refused("", 0, /damaged header: it is no JSON text/);
  await refused('{"a":', 0, /damaged header/);
  await refused("\ufeff{}", 0, /damaged header/);
  await refused("[1,2]", 0, /damaged header: \[1, 2\] is no object/);
  await refused("null", 0, /damaged header: null is no object/);
  await refused("[".repeat(100000), 0, /damaged header/);
  const file = safetensorsBytes('{"a":1}', 0);
  file[10] = 0xff;
  await throwsError(() => parse(file), /damaged header/);
});

Deno.test("a header of brackets or of more tensors than any model has is refused before it is parsed", async () => {
  await refused(
    "[".repeat(1_000_000),
    0,
    /nests more than 8 lists and objects in one another, as no model's does; get/,
  );
  await refused(
    `{"a":[${"[],".repeat(5 * MOST_TENSORS)}[]]}`,
    0,
    /^m.safetensors has a damaged header: it holds more than 3000000 values, as no model's does; get it again$/,
  );
  const names = Array.from({ length: MOST_TENSORS + 1 }, (_, i) => `"${i}":0`);
  await refused(
    `{${names.join(",")}}`,
    0,
    /^m.safetensors lists 300001 tensors, more than any model's file \(300000\); get it again$/,
  );
});

Deno.test("a name that occurs twice is refused", async () => {
  const tensor = JSON.stringify(entry("U8", [1], 0, 1));
  await refused(`{"a":${tensor},"a":${tensor}}`, 1, /the name "a" occurs twice/);
  await refused(
    '{"a":{"dtype":"U8","shape":[1],"shape":[1],"data_offsets":[0,1]}}',
    1,
    /the name "shape" occurs twice/,
  );
});

Deno.test("metadata other than strings by name is refused", async () => {
  for (const metadata of [{ a: 1 }, [], "pt", null, { a: null }]) {
    await refused({ __metadata__: metadata }, 0, /__metadata__ must map names to strings/);
  }
});

Deno.test("a dtype that is unknown or no string is refused", async () => {
  await refused({ w: entry("F99", [1], 0, 1) }, 1, /tensor "w" has the unknown dtype "F99"/);
  await refused({ w: entry(7, [1], 0, 1) }, 1, /tensor "w" has the unknown dtype 7/);
  await refused({ w: { shape: [1], data_offsets: [0, 1] } }, 1, /unknown dtype/);
  await refused({ w: entry("constructor", [1], 0, 1) }, 1, /unknown dtype "constructor"/);
  await refused({ w: 5 }, 1, /tensor "w" is described by 5/);
});

Deno.test("a shape that is no list of whole numbers from 0 is refused", async () => {
  for (const shape of [[NaN], [-1], [1.5], ["1"], [[1]], "1", null, { 0: 1 }, [2 ** 53]]) {
    await refused({ w: entry("U8", shape, 0, 1) }, 1, /tensor "w" has the shape/);
  }
  await refused('{"w":{"dtype":"U8","shape":[NaN],"data_offsets":[0,1]}}', 1, /damaged header/);
});

Deno.test("a shape whose size overflows is refused", async () => {
  const shape = [2 ** 40, 2 ** 40];
  await refused({ w: entry("F32", shape, 0, 0) }, 0, /"w" has the impossible shape/);
  await refused({ w: entry("U8", [2 ** 52, 2 ** 52], 0, 0) }, 0, /"w" has the impossible shape/);
});

Deno.test("offsets that are no range, or of another length than the shape's, are refused", async () => {
  for (const offsets of [[0], [0, 1, 2], [-1, 0], [0.5, 1.5], ["0", "1"], [NaN, 1]]) {
    await refused({ w: entry("U8", [1], ...offsets) }, 1, /tensor "w" has the data_offsets/);
  }
  await refused(
    { w: entry("F16", [2, 2], 0, 6) },
    6,
    /"w" of dtype F16 and shape \[2, 2\] takes 8 bytes, but its data_offsets \[0, 6\] hold 6/,
  );
  await refused({ w: entry("U8", [1], 1, 0) }, 1, /hold -1/);
});

Deno.test("tensors that overlap are refused with both names", async () => {
  await refused(
    { a: entry("U8", [4], 0, 4), b: entry("U8", [4], 3, 7) },
    7,
    /tensors "a" and "b" overlap/,
  );
  await refused(
    { a: entry("U8", [4], 0, 4), same: entry("U8", [4], 0, 4) },
    4,
    /tensors "a" and "same" overlap/,
  );
  await refused(
    { a: entry("U8", [4], 0, 4), empty: entry("U8", [0], 2, 2) },
    4,
    /tensors "a" and "empty" overlap/,
  );
});

Deno.test("bytes that belong to no tensor are refused wherever they are", async () => {
  await refused({ a: entry("U8", [4], 2, 6) }, 6, /2 bytes in front of tensor "a" belong to no/);
  await refused(
    { a: entry("U8", [4], 0, 4), b: entry("U8", [4], 5, 9) },
    9,
    /1 bytes in front of tensor "b" belong to no tensor/,
  );
  await refused({ a: entry("U8", [4], 0, 4) }, 7, /3 bytes at its end belong to no tensor/);
});

Deno.test("a file that ends before its tensors do is called truncated", async () => {
  const header = { a: entry("F64", [4], 0, 32) };
  const file = safetensorsBytes(header, 31);
  await throwsError(
    () => parse(file),
    /^m.safetensors is truncated: its tensors need (\d+) bytes but it has (\d+); get it again$/,
  );
  await refused({ a: entry("F64", [2 ** 40], 0, 2 ** 43) }, 0, /truncated: its tensors need 87960/);
});
