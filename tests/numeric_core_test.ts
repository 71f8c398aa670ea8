import assert from "node:assert/strict";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const lib = new URL("../lib/", import.meta.url);
/** Packages that run anywhere and that the numeric core may use. */
const portable = [
  ...["math-base-special-gammainc", "stats-base-dists-normal-cdf", "stats-base-dists-t-cdf"]
    .map((name) => `@stdlib/${name}`),
  ...["brace-expansion", "d3-array", "fastest-levenshtein"],
  ...["graphology", "graphology-communities-louvain", "graphology-shortest-path"],
  ...["ml-matrix", "valibot"],
  ...["distribution/uniformFloat64", "generator/xoroshiro128plus"].map((name) =>
    `pure-rand/${name}`
  ),
];

async function* filesUnder(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesUnder(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts")) yield new URL(name, folder);
  }
}

Deno.test("the numeric core needs neither Deno nor Node, itself or through imports, so it runs in a browser and a worker", async () => {
  const files: URL[] = [];
  for (const room of ["architectures", "networks", "multifractal", "emergence"]) {
    files.push(...await Array.fromAsync(filesUnder(new URL(`${room}/`, lib))));
  }
  const seen = new Set<string>();
  for (const file of files) {
    if (seen.has(file.href)) continue;
    seen.add(file.href);
    const name = relative(fileURLToPath(lib), fileURLToPath(file));
    const source = await Deno.readTextFile(file);
    for (
      const [, from] of source.matchAll(/^(?:import|export) (?!type )[^;]*? ?from "([^"]+)";/gms)
    ) {
      // What is imported from outside the core counts as well; files grow while the loop runs.
      if (from!.startsWith(".")) files.push(new URL(from!, file));
      else assert.ok(portable.includes(from!), `${name} imports ${from}`);
    }
    const code = source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/\/\/.*/g, "");
    assert.doesNotMatch(code, /\b(Deno|process|Buffer|require)\b|\bimport\(/, name);
  }
  assert.ok(seen.size > 30, `only ${seen.size} files were looked at`);
});
