import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { recordedSource } from "../helpers/recorded_source.ts";
import { openLocalFile } from "../../lib/checkpoints/local_file.ts";
import {
  openSafetensors,
  parseSafetensorsHeader,
  safetensorsHeaderBytes,
  type StoredTensor,
} from "../../lib/checkpoints/safetensors_file.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import checkpoints from "../golden/checkpoints.json" with { type: "json" };
import { syntheticCheckpoint } from "../golden/synthetic_checkpoint.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { MAXIMUM_HEADER_BYTES, MOST_TENSORS } from "../../lib/checkpoints/limits.ts";

/** Run `test` with the path of a file of one 5 × 3 matrix `w` of the values 0 to 14 and a scalar `s`. */
async function withFile(test: (path: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "model.safetensors");
    const values = Float32Array.from({ length: 15 }, (_, i) => i);
    await writeSafetensors(path, [
      { name: "w", dtype: "F32", shape: [5, 3], bytes: new Uint8Array(values.buffer) },
      { name: "s", dtype: "F16", shape: [], bytes: new Uint8Array([0, 0x3c]) },
      { name: "none", dtype: "BF16", shape: [0, 4], bytes: new Uint8Array(0) },
    ]);
    await test(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a whole tensor is read with its shape", () =>
  withFile(async (path) => {
    const file = await openSafetensors(openLocalFile(path));
    const stored = await file.read("w");
    assert.deepEqual(stored.shape, [5, 3]);
    assert.deepEqual([...decodeValues(stored)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    const scalar = await file.read("s");
    assert.deepEqual(scalar.shape, []);
    assert.deepEqual([...decodeValues(scalar)], [1]);
    assert.equal((await file.read("none")).bytes.length, 0);
  }));

Deno.test("ranges of rows are read in the order asked for, repeated ones too", () =>
  withFile(async (path) => {
    const file = await openSafetensors(openLocalFile(path));
    const stored = await file.read("w", [
      { start: 4, end: 5 },
      { start: 0, end: 1 },
      { start: 1, end: 2 },
      { start: 2, end: 2 },
      { start: 0, end: 1 },
    ]);
    assert.deepEqual(stored.shape, [4, 3]);
    assert.deepEqual([...decodeValues(stored)], [12, 13, 14, 0, 1, 2, 3, 4, 5, 0, 1, 2]);
    assert.deepEqual((await file.read("w", [])).shape, [0, 3]);
  }));

Deno.test("rows that do not exist are refused with the number that do", () =>
  withFile(async (path) => {
    const file = await openSafetensors(openLocalFile(path));
    for (const [start, end] of [[3, 6], [-1, 2], [3, 2], [0.5, 1], [NaN, 2]] as const) {
      await throwsError(
        () => file.read("w", [{ start: 0, end: 1 }, { start, end }]),
        new RegExp(`rows ${start} to ${end} of tensor "w" of .* do not exist; it has 5`),
      );
    }
    await throwsError(() => file.read("s", [{ start: 0, end: 1 }]), /"s" .* is a single number/);
  }));

Deno.test("an unknown tensor is refused with the nearest name", () =>
  withFile(async (path) => {
    const file = await openSafetensors(openLocalFile(path));
    await throwsError(() => file.read("nine"), /has no tensor "nine"; the nearest is "none"/);
    await Deno.writeFile(path, safetensorsBytes({}, 0));
    const empty = await openSafetensors(openLocalFile(path));
    await throwsError(() => empty.read("w"), /has no tensor "w"; it is empty/);
  }));

Deno.test("a tensor of whole numbers is listed but cannot be read as weights", () =>
  withFile(async (path) => {
    const header = { mask: { dtype: "U8", shape: [2], data_offsets: [0, 2] } };
    await Deno.writeFile(path, safetensorsBytes(header, 2));
    const file = await openSafetensors(openLocalFile(path));
    assert.equal(file.tensors.get("mask")?.dtype, "U8");
    await throwsError(
      () => file.read("mask"),
      /"mask" of .* is stored as U8, which cannot be read/,
    );
  }));

Deno.test("the digest is the SHA-256 of the whole file", async () => {
  const path = join(await syntheticCheckpoint("pythia-14m", 1000), "model.safetensors");
  const file = await openSafetensors(openLocalFile(path)); // 2.4 MB: more than one chunk
  const expected = checkpoints["pythia-14m"].steps["1000"].file_sha256;
  assert.equal(await file.digest(), expected);
  assert.equal(await file.digest(), expected);
});

Deno.test("every golden tensor's bytes have the recorded SHA-256, whole and in pieces", async () => {
  for (const step of [0, 512, 143000] as const) {
    const path = join(await syntheticCheckpoint("pythia-14m", step), "model.safetensors");
    const file = await openSafetensors(openLocalFile(path));
    const recorded = checkpoints["pythia-14m"].steps[step].tensors;
    assert.equal(Object.keys(recorded).length, 26);
    for (const [name, sha256] of Object.entries(recorded)) {
      const rows = file.tensors.get(name)!.shape[0]!;
      const pieces = [{ start: 0, end: 3 }, { start: 3, end: 7 }, { start: 7, end: rows }];
      for (const stored of [await file.read(name), await file.read(name, pieces)]) {
        assert.equal(createHash("sha256").update(stored.bytes).digest("hex"), sha256, name);
      }
    }
  }
});

Deno.test("a truncated file is refused at opening, wherever it was cut", () =>
  withFile(async (path) => {
    const bytes = await Deno.readFile(path);
    for (let length = 0; length < bytes.length; length++) {
      await Deno.writeFile(path, bytes.subarray(0, length));
      await throwsError(
        async () => await openSafetensors(openLocalFile(path)),
        /model\.safetensors is (truncated|no safetensors file)/,
      );
    }
  }));

Deno.test("a file that changes after it was opened is refused when it is read", () =>
  withFile(async (path) => {
    const bytes = await Deno.readFile(path);
    const file = await openSafetensors(openLocalFile(path));
    await Deno.writeFile(path, bytes.subarray(0, -1));
    await throwsError(() => file.read("w"), /changed after it was opened/);
    await throwsError(() => file.digest(), /changed after it was opened/);
    await Deno.writeFile(path, bytes);
    await Deno.utime(path, new Date(0), new Date(0));
    await throwsError(() => file.read("w"), /changed after it was opened/);
    const reopened = await openSafetensors(openLocalFile(path));
    await Deno.writeFile(`${path}.new`, bytes);
    await Deno.utime(`${path}.new`, new Date(0), new Date(0));
    await Deno.rename(`${path}.new`, path);
    await throwsError(() => reopened.read("w"), /changed after it was opened/);
    await Deno.remove(path);
    await throwsError(() => file.read("w"), /does not exist/);
  }));

Deno.test("a file that changes while it is being read is refused", () =>
  withFile(async (path) => {
    const bytes = await Deno.readFile(path);
    const { read, readSync } = Deno.FsFile.prototype;
    const changes: [() => void, RegExp][] = [
      [() => Deno.writeFileSync(path, new Uint8Array(1), { append: true }), /changed after it was/],
      [() => Deno.utimeSync(path, new Date(0), new Date(0)), /changed after it was opened/],
      [() => Deno.truncateSync(path, 99), /model\.safetensors ended at byte \d+ while it was read/],
    ];
    for (const [change, message] of changes) {
      for (const method of ["read", "digest"] as const) {
        await Deno.writeFile(path, bytes);
        const file = await openSafetensors(openLocalFile(path));
        Deno.FsFile.prototype.read = function (part) {
          change();
          return read.call(this, part);
        };
        Deno.FsFile.prototype.readSync = function (part) {
          change();
          return readSync.call(this, part);
        };
        try {
          await throwsError(() => file[method]("w"), message);
        } finally {
          Object.assign(Deno.FsFile.prototype, { read, readSync });
        }
      }
    }
  }));

Deno.test("a path without a file is refused", async () => {
  await throwsError(
    async () => await openSafetensors(openLocalFile("/no/such.safetensors")),
    /such.*does not exist/,
  );
  await throwsError(
    async () => await openSafetensors(openLocalFile("/")),
    /^\/ is no file; pass the path of/,
  );
  if (Deno.build.os !== "windows") {
    await throwsError(
      async () => await openSafetensors(openLocalFile("/dev/zero")),
      /^\/dev\/zero is no file/,
    );
  }
});

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
  for (const metadata of [{ a: 1 }, [], "pt", 0, { a: null }]) {
    await refused({ __metadata__: metadata }, 0, /__metadata__ must map names to strings/);
  }
});

Deno.test("metadata that is null is none, and number formats of less than a byte are listed", async () => {
  const f4 = entry("F4", [2, 3], 0, 3), f6 = entry("F6_E2M3", [4], 3, 6);
  const weights = await openSafetensors(
    recordedSource(safetensorsBytes({ __metadata__: null, f4, f6 }, 6)),
  );
  assert.deepEqual([...weights.tensors.values()].map(({ dtype }) => dtype), ["F4", "F6_E2M3"]);
  await throwsError(() => weights.read("f4"), /is stored as F4, which cannot be read as weights/);
  await refused({ w: entry("F4", [3], 0, 2) }, 2, /takes 1.5 bytes|impossible shape/);
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
