import assert from "node:assert/strict";
import { listFiles } from "../../lib/files/list_files.ts";
import { withFolder } from "../helpers/with_folder.ts";

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
