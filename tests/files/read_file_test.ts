import assert from "node:assert/strict";
import { join } from "node:path";
import { readText } from "../../lib/files/read_file.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("a file that is longer than a text can be is refused by its path", () =>
  withFolder(async (folder) => {
    const path = join(folder, "run.json");
    await Deno.writeTextFile(path, "{}");
    assert.equal(await readText(path), "{}");
    // Such a file takes no room on the disk.
    await Deno.truncate(path, 2 ** 29);
    await assert.rejects(readText(path), {
      message: `${path} has 536870912 bytes, and a text has 536870888 at most; check the path`,
    });
  }));
