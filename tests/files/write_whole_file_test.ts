import assert from "node:assert/strict";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("text and bytes are written, folders made, former content replaced", () =>
  withFolder(async (folder) => {
    await writeWholeFile(`${folder}/a/b.csv`, "α\n");
    assert.equal(await Deno.readTextFile(`${folder}/a/b.csv`), "α\n");
    await writeWholeFile(`${folder}/a/b.csv`, new Uint8Array([1, 2]));
    assert.deepEqual(await Deno.readFile(`${folder}/a/b.csv`), new Uint8Array([1, 2]));
    assert.deepEqual([...Deno.readDirSync(`${folder}/a`)].map(({ name }) => name), ["b.csv"]);
  }));

Deno.test("where the file cannot be put, no temporary file stays", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/taken/inside`, { recursive: true });
    await assert.rejects(writeWholeFile(`${folder}/taken`, "x"));
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["taken"]);
  }));
