import assert from "node:assert/strict";
import { join } from "node:path";
import { checkWritable } from "../../lib/files/check_writable.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("checkWritable() passes a folder that is there or can be made, and leaves nothing", () =>
  withFolder(async (folder) => {
    await checkWritable(folder);
    await checkWritable(join(folder, "new", "deep"));
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("checkWritable() refuses a file and what would lie under it", () =>
  withFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    for (const path of [file, join(file, "results")]) {
      await throwsError(
        () => checkWritable(path),
        /nothing can be written to .*file is a file; choose/,
      );
    }
  }));
