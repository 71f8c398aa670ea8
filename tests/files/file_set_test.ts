import assert from "node:assert/strict";
import { join } from "node:path";
import { FileSet } from "../../lib/files/file_set.ts";
import { filesBelow } from "../e2e/neuromfa_command.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** Every file below a folder with its text. */
async function texts(folder: string): Promise<Record<string, string>> {
  const files = [...await filesBelow(folder)];
  return Object.fromEntries(files.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
}

/** A folder with a former table and its record. */
async function withFormer(test: (folder: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    for (const name of ["a.csv", "old.csv", "run.json"]) {
      await Deno.writeTextFile(join(folder, name), "old");
    }
    await test(folder);
  });
}

const FORMER = { "a.csv": "old", "old.csv": "old", "run.json": "old" };

/** Add three files and have one removed. */
async function fill(files: FileSet, folder: string): Promise<void> {
  await files.add(join(folder, "a.csv"), "new");
  await files.add(join(folder, "b/b.csv"), Uint8Array.of(110));
  files.remove(join(folder, "old.csv"));
  files.remove(join(folder, "none.csv"));
  await files.add(join(folder, "run.json"), "new");
}

Deno.test("a FileSet writes and removes its files together, and leaves nothing else", () =>
  withFormer(async (folder) => {
    await using files = new FileSet();
    await fill(files, folder);
    const { "a.csv": before } = await texts(folder);
    assert.equal(before, "old");
    await files.commit();
    const after = { "a.csv": "new", "b/b.csv": "n", "run.json": "new" };
    assert.deepEqual(await texts(folder), after);
    await files[Symbol.asyncDispose]();
    assert.deepEqual(await texts(folder), after);
  }));

Deno.test("a FileSet that is not committed leaves what was there", () =>
  withFormer(async (folder) => {
    {
      await using files = new FileSet();
      await fill(files, folder);
      await files.add(join(folder, "a.csv"), "newer");
    }
    assert.deepEqual(await texts(folder), FORMER);
  }));

Deno.test("a FileSet refuses a folder in a file's place before anything is touched", () =>
  withFormer(async (folder) => {
    await Deno.mkdir(join(folder, "c.csv"));
    {
      await using files = new FileSet();
      await fill(files, folder);
      const add = () => files.add(join(folder, "c.csv"), "new");
      await throwsError(add, /c\.csv cannot be written: a folder is in its place; move it away$/);
    }
    assert.deepEqual(await texts(folder), FORMER);
  }));

for (const failing of [1, 2, 3, 4, 5, 6, 7, 8]) {
  Deno.test(`a FileSet puts everything back when renaming ${failing} of 8 fails`, () =>
    withFormer(async (folder) => {
      const { rename } = Deno;
      let count = 0;
      Deno.rename = async (from, to) => {
        if (++count === failing) throw Object.assign(new Error("no"), { code: "EIO" });
        await rename(from, to);
      };
      try {
        await using files = new FileSet();
        await fill(files, folder);
        await throwsError(
          () => files.commit(),
          /(csv|json) cannot be written: the disk failed; check it, and start again$/,
        );
      } finally {
        Deno.rename = rename;
      }
      assert.deepEqual(await texts(folder), FORMER);
    }));
}

Deno.test("the last file of a FileSet goes first and comes last", () =>
  withFormer(async (folder) => {
    const { rename } = Deno;
    const there: string[][] = [];
    Deno.rename = async (from, to) => {
      await rename(from, to);
      const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
      there.push(names.filter((name) => /^[ar]/.test(name)).sort());
    };
    try {
      await using files = new FileSet();
      await fill(files, folder);
      await files.commit();
    } finally {
      Deno.rename = rename;
    }
    assert.deepEqual(there[0], ["a.csv"]);
    assert.deepEqual(there.at(-2), ["a.csv"]);
    assert.deepEqual(there.at(-1), ["a.csv", "run.json"]);
  }));
