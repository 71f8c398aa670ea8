/** The copy for students: what it has, where it may lie, and that its notebooks run. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { copyForClass } from "../../notebooks/class/class_copy.ts";
import { exists, listFiles } from "../../lib/files/list_files.ts";
import { PROJECT } from "../long/run_in_project.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("a copy for a class has its notebooks and models, and neither solutions, tests nor results", () =>
  withFolder(async (folder) => {
    const out = join(folder, "class");
    const copy = await copyForClass(PROJECT, ["1", "02_neuron_interaction_network"], out);
    assert.deepEqual(copy.notebooks, [
      "01_first_look.ipynb",
      "02_neuron_interaction_network.ipynb",
    ]);
    assert.deepEqual(copy.models, ["nano-64"]);
    const files = await listFiles(out);
    const tops = [...new Set(files.map((path) => path.split("/")[0]))];
    assert.deepEqual(tops, [
      ...[".gitignore", "CITATION.cff", "LICENSE", "README.md", "data", "deno.json", "deno.lock"],
      ...["lib", "mod.ts", "notebooks", "package.json"],
    ]);
    assert.deepEqual(
      files.filter((path) => /solution|teaching|_test\.ts|results\//.test(path)),
      [],
    );
    let bytes = 0;
    for (const path of files) {
      const { size, mtime } = await Deno.stat(join(out, path));
      assert.ok(mtime !== null);
      bytes += size;
    }
    assert.equal(copy.bytes, bytes);
    assert.equal((await Deno.readTextFile(join(out, ".gitignore"))).trim().split("\n").at(-1), "*");
    const { tasks } = JSON.parse(await Deno.readTextFile(join(out, "deno.json")));
    for (const { command } of Object.values<{ command: string }>(tasks)) {
      const [program] = command.match(/[\w/]+\.ts$/)!;
      assert.ok(files.includes(program), command);
    }
    assert.match(
      await Deno.readTextFile(join(out, "README.md")),
      /^- \[01_first_look\.ipynb\]\(notebooks\/01_first_look\.ipynb\): A first look: from weights/m,
    );
  }));

Deno.test("a copy is refused where it would overwrite work, be tracked, or have no such notebook", () =>
  withFolder(async (folder) => {
    const refused = async (wanted: string[], out: string, words: RegExp) => {
      await assert.rejects(copyForClass(PROJECT, wanted, out), words);
    };
    await Deno.writeTextFile(join(folder, "mine.txt"), "work");
    await refused(
      ["1"],
      folder,
      /is not empty, and students may have worked there; name a new folder$/,
    );
    await refused(["1"], join(folder, "mine.txt"), /mine\.txt is a file; name a folder/);
    await refused(
      ["1"],
      join(PROJECT, "out/class"),
      /lies inside the project; name a folder outside/,
    );
    await refused(["1"], join(PROJECT, "class"), /lies inside the project/);
    await refused(
      ["first_lok"],
      join(folder, "class"),
      /^Error: there is no notebook "first_lok", the nearest is "first_look"$/,
    );
    assert.deepEqual(await listFiles(folder), ["mine.txt"]);
    assert.ok(!await exists(join(PROJECT, "class")));
  }));
