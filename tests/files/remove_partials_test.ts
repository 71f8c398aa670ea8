import assert from "node:assert/strict";
import { join } from "node:path";
import { removePartials } from "../../lib/files/remove_partials.ts";
import { withFolder } from "../helpers/with_folder.ts";

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
