import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "../lib/files/list_files.ts";

const tests = fileURLToPath(new URL(".", import.meta.url));

Deno.test("no test changes the environment or the working directory, which those beside it share", async () => {
  for (const path of (await listFiles(tests)).filter((path) => path.endsWith(".ts"))) {
    const source = await Deno.readTextFile(join(tests, path));
    const [found] = source.match(/\bDeno\.env\.(?:set|delete)\(|\bchdir\(/) ?? [];
    const instead = "use tests/helpers/with_environment.ts or run_in_folder.ts";
    assert.equal(found, undefined, `${path} calls ${found}: ${instead}`);
  }
});
