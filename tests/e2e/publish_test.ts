/** What `deno publish` would publish. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import project from "../../deno.json" with { type: "json" };
import { listedFiles, publishDryRun } from "./published_package.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("the toolkit can be published, without models, notebooks, results and tests", async () => {
  // The types are checked before all tests.
  const { success, printed } = await publishDryRun("--no-check");
  assert.ok(success, printed);
  // Danfo is large and a measurement loads what makes its frames when one is asked for; nothing else may stay unresolved.
  const warnings = [...printed.matchAll(/warning\[(.*?)\][^]*?--> (\S+?):/g)]
    .map(([, kind, path]) => `${kind} ${path!.slice(root.length)}`);
  // What builds the explorer is in the repository alone.
  assert.deepEqual(warnings, [
    "unanalyzable-dynamic-import lib/explorer/explore.ts",
    "unanalyzable-dynamic-import lib/runs/measurement.ts",
  ]);
  const paths = listedFiles(printed);
  for (const path of ["mod.ts", "README.md", "LICENSE", "deno.json", "lib/cli/neuromfa.ts"]) {
    assert.ok(paths.includes(path), path);
  }
  const others = paths.filter((path) => !/^(lib|data\/published)\//.test(path));
  assert.deepEqual(others.sort(), ["LICENSE", "README.md", "deno.json", "mod.ts"]);
  assert.ok(!paths.some((path) => /^lib\/suite\/|reproduce|train\.ts$/.test(path)));
});

Deno.test("every entry of the package is a name of the import map, for the notebooks and the tests", () => {
  const imports = project.imports as Readonly<Record<string, string>>;
  const own = Object.entries(imports).filter(([, path]) => path.startsWith("."));
  const entries = Object.entries(project.exports).filter(([name]) => name !== "./cli");
  assert.deepEqual(
    new Map(own),
    new Map(entries.map(([name, path]) => [`neuromfa${name.slice(1)}`, path])),
  );
});
