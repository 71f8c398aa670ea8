import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openLocalFile } from "../../lib/checkpoints/local_file.ts";
import { openSafetensors } from "../../lib/checkpoints/safetensors_file.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import checkpoints from "../golden/checkpoints.json" with { type: "json" };
import { syntheticCheckpoint } from "../golden/synthetic_checkpoint.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";
import { throwsError } from "../helpers/throws_error.ts";

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
