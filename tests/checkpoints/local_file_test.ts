import assert from "node:assert/strict";
import { join } from "node:path";
import { openLocalFile } from "../../lib/checkpoints/local_file.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("ranges are read in the order given, one after another in memory", () =>
  withFolder(async (folder) => {
    const path = join(folder, "bytes");
    await Deno.writeFile(path, new Uint8Array([0, 1, 2, 3, 4, 5]));
    const file = openLocalFile(path);
    assert.equal(file.source, path);
    assert.equal(file.size, 6);
    const parts = await file.read([{ start: 4, end: 6 }, { start: 0, end: 2 }, {
      start: 3,
      end: 3,
    }]);
    assert.deepEqual(parts.map((part) => [...part]), [[4, 5], [0, 1], []]);
    assert.deepEqual(parts.map(({ byteOffset }) => byteOffset), [0, 2, 4]);
  }));

Deno.test("bytes that do not exist are refused before anything is allocated", () =>
  withFolder(async (folder) => {
    const path = join(folder, "bytes");
    await Deno.writeFile(path, new Uint8Array(6));
    const file = openLocalFile(path);
    for (const [start, end] of [[0, 7], [-1, 2], [3, 2], [0, 2 ** 52], [NaN, 1]] as const) {
      await throwsError(
        () => file.read([{ start, end }]),
        new RegExp(`^bytes ${start} to ${end} of .*bytes do not exist; it has 6$`),
      );
    }
  }));

Deno.test("a local file reads into the memory that is offered where all ranges fit, and each into bytes of its own", async () => {
  const path = await Deno.makeTempFile();
  try {
    const content = Uint8Array.from({ length: 100_000 }, (_, i) => i * 31 >> 3);
    await Deno.writeFile(path, content);
    const file = openLocalFile(path);
    const memory = new Uint8Array(64);
    const [single] = await file.read([{ start: 7, end: 47 }], memory);
    assert.equal(single!.buffer, memory.buffer);
    assert.deepEqual(single, content.subarray(7, 47));
    const ranges = [[5, 9], [9, 9], [20, 40], [30, 50], [90_000, 90_001], [0, 3]] as const;
    const parts = await file.read(ranges.map(([start, end]) => ({ start, end })), memory);
    parts.forEach((part, i) => assert.deepEqual(part, content.slice(...ranges[i]!)));
    assert.equal(parts[0]!.buffer, memory.buffer);
    const many = await file.read([{ start: 0, end: 64 }, { start: 70, end: 71 }], memory);
    assert.deepEqual(many, [content.slice(0, 64), content.slice(70, 71)]);
    assert.notEqual(many[0]!.buffer, memory.buffer);
    parts[2]!.fill(0);
    assert.deepEqual(parts[3], content.slice(30, 50));
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("a file that was replaced within a tick of the clock has a digest of its own", () =>
  withFolder(async (folder) => {
    const path = join(folder, "bytes");
    const now = new Date();
    const digestOf = async (byte: number) => {
      await Deno.writeFile(path, new Uint8Array([byte, 1, 2]));
      await Deno.utime(path, now, now);
      return await openLocalFile(path).digest();
    };
    const [one, other] = [await digestOf(4), await digestOf(5)];
    assert.match(one, /^[0-9a-f]{64}$/);
    assert.notEqual(one, other);
    assert.equal(await digestOf(4), one);
  }));

Deno.test("a file whose times were put back after it was written again has a digest of its own", () =>
  withFolder(async (folder) => {
    const path = join(folder, "bytes"), longAgo = new Date("2026-01-01T00:00:00Z");
    const digestOf = async (byte: number) => {
      await Deno.writeFile(path, new Uint8Array([byte, 1, 2]));
      await Deno.utime(path, longAgo, longAgo);
      return await openLocalFile(path).digest();
    };
    const one = await digestOf(4);
    // The clock of the file system ticks a few hundred times a second.
    const { ctime } = await Deno.stat(path);
    do await Deno.utime(path, longAgo, longAgo); while (
      (await Deno.stat(path)).ctime!.getTime() === ctime!.getTime()
    );
    assert.notEqual(await digestOf(5), one);
  }));
