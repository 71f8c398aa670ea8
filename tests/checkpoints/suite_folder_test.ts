import assert from "node:assert/strict";
import { suiteModels } from "../../lib/checkpoints/suite_folder.ts";

Deno.test("suiteModels() lists folders, and only these, in the order of their numbers", async () => {
  const suite = await Deno.makeTempDir();
  for (const name of ["nano-128", "nano-48", "nano-48-seed2", "nano-64"]) {
    await Deno.mkdir(`${suite}/${name}`);
  }
  await Deno.writeTextFile(`${suite}/README.md`, "");
  assert.deepEqual(await suiteModels(suite), ["nano-48", "nano-48-seed2", "nano-64", "nano-128"]);
  await Deno.remove(suite, { recursive: true });
});

Deno.test("suiteModels() refuses a folder that is not there", async () => {
  await assert.rejects(suiteModels("/nowhere"), /\/nowhere does not exist/);
});
