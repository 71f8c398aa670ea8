import assert from "node:assert/strict";
import { join } from "node:path";
import { claimBlocks } from "../../../lib/checkpoints/hub/claim_blocks.ts";
import { listFiles } from "../../../lib/files/list_files.ts";
import { withFolder } from "../../helpers/with_folder.ts";

const MIB = 2 ** 20;

Deno.test("claimBlocks() keeps others from the blocks that ranges touch, says once that it waits, and leaves nothing", () =>
  withFolder(async (folder) => {
    const path = join(folder, "content");
    let told = 0;
    const claim = (...ranges: (readonly [start: number, end: number])[]) =>
      claimBlocks(path, 1000 * MIB, ranges.map(([start, end]) => ({ start, end })), () => told++);
    const held = await claim([10, 20], [64 * MIB, 200 * MIB]);
    assert.deepEqual(
      await listFiles(folder),
      [0, 1, 2, 3].map((block) => `content.${block}.lock`),
    );
    using _elsewhere = await claim([300 * MIB, 301 * MIB]);
    assert.equal(told, 0);
    let isOver = false;
    const waiting = claim([0, 1], [70 * MIB, 71 * MIB]).then((claims) => {
      assert.ok(isOver);
      claims[Symbol.dispose]();
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    isOver = true;
    held[Symbol.dispose]();
    await waiting;
    assert.equal(told, 1);
    assert.deepEqual(await listFiles(folder), ["content.4.lock"]);
  }));

Deno.test("claimBlocks() holds 64 blocks of a file of any size, and does without where nothing can be written", () =>
  withFolder(async (folder) => {
    const size = 2 ** 40, everything = [{ start: 0, end: size }];
    {
      using _all = await claimBlocks(join(folder, "content"), size, everything, () => {});
      assert.equal((await listFiles(folder)).length, 64);
    }
    await Deno.writeTextFile(join(folder, "file"), "");
    using _none = await claimBlocks(
      join(folder, "file", "content"),
      10,
      [{ start: 0, end: 10 }],
      () => {},
    );
    assert.deepEqual(await listFiles(folder), ["file"]);
  }));
