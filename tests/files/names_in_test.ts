import assert from "node:assert/strict";
import { join } from "node:path";
import { namesIn } from "../../lib/files/names_in.ts";
import { withFolder } from "../helpers/with_folder.ts";

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
