/** What `deno publish` would publish. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import project from "../../deno.json" with { type: "json" };

const root = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("the toolkit can be published, without models, notebooks, results and tests", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const printed = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.ok(success, printed);
  // Danfo is large and loaded by its whole name, where somebody asks for a frame; nothing else may stay unresolved.
  const warnings = [...printed.matchAll(/warning\[(.*?)\][^]*?--> (\S+?):/g)]
    .map(([, kind, path]) => `${kind} ${path!.slice(root.length)}`);
  assert.deepEqual(warnings, ["unanalyzable-dynamic-import lib/benchmarks/danfo.ts"]);
  const danfo = await Deno.readTextFile(`${root}lib/benchmarks/danfo.ts`);
  assert.ok(danfo.includes(`"${project.imports["danfojs-node"]}"`), "one version of Danfo");
  const paths = [...printed.matchAll(/file:\/\/\S*?\/((?:mod|lib|README|LICENSE|deno)\S*) \(/g)]
    .map(([, path]) => path!);
  for (const path of ["mod.ts", "README.md", "LICENSE", "deno.json", "lib/cli/neuromfa.ts"]) {
    assert.ok(paths.includes(path), path);
  }
  const listed = printed.match(/file:\/\//g)!.length;
  assert.equal(paths.length, listed, "nothing else is listed");
  assert.ok(!paths.some((path) => /^lib\/suite\/|reproduce|train\.ts$/.test(path)));
});
