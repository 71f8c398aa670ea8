import assert from "node:assert/strict";
import { join } from "node:path";

/** Packages that run anywhere and that the numeric core may use. */
const portable = ["@stdlib/stats-base-dists-t-cdf", "fastest-levenshtein"];

Deno.test("the numeric core imports nothing from Deno or Node, so it runs in a browser and a worker", async () => {
  let files = 0;
  for (const room of ["networks", "multifractal", "emergence"]) {
    const folder = join(import.meta.dirname!, "..", "lib", room);
    for await (const { name } of Deno.readDir(folder)) {
      const source = await Deno.readTextFile(join(folder, name));
      for (const [, from] of source.matchAll(/^(?:import|export) [^;]*? ?from "([^"]+)";/gms)) {
        const inside = /^\.\/[a-z0-9_]+\.ts$|^\.\.\/(networks|multifractal)\//.test(from!);
        assert.ok(inside || portable.includes(from!), `${room}/${name} imports ${from}`);
      }
      const code = source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/\/\/.*/g, "");
      assert.doesNotMatch(code, /\b(Deno|process|Buffer|require|import\()/, `${room}/${name}`);
      files++;
    }
  }
  assert.ok(files > 20, `only ${files} files were looked at`);
});
