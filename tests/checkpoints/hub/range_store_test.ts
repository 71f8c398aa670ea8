import assert from "node:assert/strict";
import { RangeStore } from "../../../lib/checkpoints/hub/range_store.ts";
import { filesBelow } from "../../helpers/hub_run.ts";
import { withFolder } from "../../helpers/with_folder.ts";

const content = Uint8Array.from({ length: 1000 }, (_, i) => (i * 37) & 255);

function write(store: RangeStore, ...ranges: [number, number][]) {
  using writer = store.writer();
  for (const [start, end] of ranges) writer.write(start, content.slice(start, end));
}

const range = (start: number, end: number) => ({ start, end });

Deno.test("a store knows what it has, and gives it back", () =>
  withFolder(async (folder) => {
    const store = new RangeStore(`${folder}/x`);
    assert.deepEqual(await store.missing([range(5, 9), range(0, 6)]), [range(0, 9)]);
    assert.deepEqual(await filesBelow(folder), []);
    write(store, [100, 200], [300, 400], [150, 250]);
    assert.deepEqual(await store.missing([range(50, 350), range(900, 900)]), [
      range(50, 100),
      range(250, 300),
    ]);
    const parts = await store.read([range(120, 240), range(7, 7), range(399, 400)]);
    assert.deepEqual(parts, [
      content.slice(120, 240),
      new Uint8Array(0),
      content.slice(399, 400),
    ]);
  }));

Deno.test("what one process has written another finds, also while it runs", () =>
  withFolder(async (folder) => {
    const one = new RangeStore(`${folder}/x`), other = new RangeStore(`${folder}/x`);
    write(one, [0, 10]);
    assert.deepEqual(await other.missing([range(0, 20)]), [range(10, 20)]);
    write(one, [10, 20]);
    assert.deepEqual(await other.missing([range(0, 20)]), []);
    assert.deepEqual(await other.read([range(5, 15)]), [content.slice(5, 15)]);
  }));

Deno.test("bytes that differ from their hash are missing, and right again when written anew", () =>
  withFolder(async (folder) => {
    const path = `${folder}/x`;
    write(new RangeStore(path), [0, 10], [10, 20], [20, 30]);
    const damaged = await Deno.readFile(path);
    damaged[12]! ^= 1;
    await Deno.writeFile(path, damaged);
    const store = new RangeStore(path);
    assert.deepEqual(await store.missing([range(0, 5), range(18, 30)]), [range(18, 20)]);
    assert.deepEqual(await store.missing([range(0, 30)]), [range(10, 20)]);
    write(store, [10, 20]);
    assert.deepEqual(await new RangeStore(path).missing([range(0, 30)]), []);
    assert.deepEqual(await store.read([range(5, 25)]), [content.slice(5, 25)]);
    await Deno.truncate(path, 35); // cuts what was written anew
    assert.deepEqual(await new RangeStore(path).missing([range(0, 30)]), [range(10, 20)]);
    await Deno.remove(path);
    assert.deepEqual(await new RangeStore(path).missing([range(0, 30)]), [range(0, 30)]);
  }));

Deno.test("a line that was cut or makes no sense costs its own range only", () =>
  withFolder(async (folder) => {
    const path = `${folder}/x`;
    write(new RangeStore(path), [0, 10], [10, 20]);
    const lines = await Deno.readTextFile(`${path}.ranges`);
    await Deno.writeTextFile(`${path}.ranges`, lines.slice(0, -5));
    const store = new RangeStore(path);
    assert.deepEqual(await store.missing([range(0, 30)]), [range(10, 30)]);
    write(store, [20, 30]);
    const hash = "0".repeat(32);
    const nonsense = `-1 5 0 x\n5 3 0 ${hash}\n0 999999999999999 0 ${hash}\n10 20 10 ${hash}\n`;
    await Deno.writeTextFile(`${path}.ranges`, nonsense, { append: true });
    assert.deepEqual(await new RangeStore(path).missing([range(0, 30)]), [range(10, 20)]);
  }));

Deno.test("two writers at once do not spoil each other's ranges", () =>
  withFolder(async (folder) => {
    const one = new RangeStore(`${folder}/x`), other = new RangeStore(`${folder}/x`);
    {
      using first = one.writer();
      using second = other.writer();
      for (let start = 0; start < 1000; start += 20) {
        first.write(start, content.slice(start, start + 10));
        second.write(start + 5, content.slice(start + 5, start + 20));
      }
    }
    for (const store of [one, other, new RangeStore(`${folder}/x`)]) {
      assert.deepEqual(await store.missing([range(0, 1000)]), []);
      const [part] = await store.read([range(3, 998)]);
      assert.deepEqual(part, content.slice(3, 998));
    }
  }));

Deno.test("a store that is removed leaves nothing", () =>
  withFolder(async (folder) => {
    const store = new RangeStore(`${folder}/deep/x`);
    write(store, [0, 10]);
    await store.remove();
    assert.deepEqual(await filesBelow(folder), []);
    assert.deepEqual(await store.missing([range(0, 10)]), [range(0, 10)]);
  }));
