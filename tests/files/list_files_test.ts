import assert from "node:assert/strict";
import { exists, ifThere, listFiles, namesIn, removePartials } from "../../lib/files/list_files.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { join } from "node:path";

Deno.test("files are listed through all folders, sorted, without what a stopped write left", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/b/c`, { recursive: true });
    for (const path of ["z", "b/c/1", "b/2", "b/.2.x.partial"]) {
      await Deno.writeTextFile(`${folder}/${path}`, "");
    }
    assert.deepEqual(await listFiles(folder), ["b/2", "b/c/1", "z"]);
  }));

Deno.test("a folder that is not there holds no files", async () => {
  assert.deepEqual(await listFiles("tests/nowhere"), []);
});

Deno.test("ifThere() gives what is there, and null where nothing is", () =>
  withFolder(async (folder) => {
    const path = join(folder, "text");
    assert.equal(await ifThere(Deno.readTextFile(path)), null);
    await Deno.writeTextFile(path, "");
    assert.equal(await ifThere(Deno.readTextFile(path)), "");
    await ifThere(Deno.remove(path));
    await ifThere(Deno.remove(path));
    assert.equal(await ifThere(Deno.stat(path)), null);
  }));

Deno.test("ifThere() rejects with whatever else goes wrong", () =>
  withFolder(async (folder) => {
    await assert.rejects(ifThere(Deno.readTextFile(folder)), /directory/i);
  }));

Deno.test("exists() tells files and folders from what is not there", () =>
  withFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    const paths = [folder, file, join(folder, "none"), join(file, "below")];
    assert.deepEqual(await Promise.all(paths.map(exists)), [true, true, false, false]);
  }));

Deno.test("removePartials() removes what was to become a file, or any file, and nothing else", () =>
  withFolder(async (folder) => {
    const left = async () =>
      (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
    for (const name of ["a.csv", ".a.csv.1.partial", ".b.csv.1.partial", "c.partial", ".hidden"]) {
      await Deno.writeTextFile(join(folder, name), "");
    }
    await removePartials(folder, "a.csv");
    assert.deepEqual(await left(), [".b.csv.1.partial", ".hidden", "a.csv", "c.partial"]);
    await removePartials(folder);
    assert.deepEqual(await left(), [".hidden", "a.csv", "c.partial"]);
    await removePartials(join(folder, "none"));
  }));

Deno.test("namesIn() lists files and folders, none where there is no such folder", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await namesIn(join(folder, "none")), []);
    await Deno.writeTextFile(join(folder, "a"), "");
    await Deno.mkdir(join(folder, "b"));
    assert.deepEqual((await namesIn(folder)).sort(), ["a", "b"]);
    await assert.rejects(
      namesIn(join(folder, "a")),
      /a cannot be read: a file stands where a folder of its path should be/,
    );
  }));
