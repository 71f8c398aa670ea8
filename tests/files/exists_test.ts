import assert from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../lib/files/exists.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("exists() tells files and folders from what is not there", () =>
  withFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    const paths = [folder, file, join(folder, "none"), join(file, "below")];
    assert.deepEqual(await Promise.all(paths.map(exists)), [true, true, false, false]);
  }));
