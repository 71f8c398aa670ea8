import assert from "node:assert/strict";
import { checkPortable } from "./helpers/portable_imports.ts";

const lib = new URL("../lib/", import.meta.url);

/** Packages that run anywhere and that the numeric core may use. */
const portable = [
  "@noble/hashes/sha2.js",
  ...["math-base-special-gammainc", "stats-base-dists-normal-cdf", "stats-base-dists-t-cdf"]
    .map((name) => `@stdlib/${name}`),
  ...["brace-expansion", "d3-array", "fastest-levenshtein"],
  ...["graphology", "graphology-communities-louvain", "graphology-shortest-path"],
  ...["ml-matrix", "valibot"],
  ...["distribution/uniformFloat64", "generator/xoroshiro128plus"].map((name) =>
    `pure-rand/${name}`
  ),
];

/** Packages that run anywhere and that read weights and scores, and compare them. */
const portableToo = [
  ...["@huggingface/gguf", "@huggingface/hub", "@noble/hashes/legacy.js", "crc-32", "d3-dsv"],
  ...["@zip.js/zip.js/lib/zip-core.js", "fflate", "npyjs", "pbf"],
  ...["stats-base-dists-normal-quantile", "stats-padjust", "stats-ranks"]
    .map((name) => `@stdlib/${name}`),
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
  const seen = await checkPortable(files, portable);
  assert.ok(seen.length > 30, `only ${seen.length} files were looked at`);
});

Deno.test("all that the entry for browsers exports needs neither Deno nor Node, also what opens files and the hub", async () => {
  const all = [...portable, ...portableToo];
  const seen = await checkPortable([new URL("rooms/browser.ts", lib)], all, true);
  for (const file of ["open_files", "hub/hub_run", "hub/address_file", "inflated_entries"]) {
    assert.ok(seen.includes(`lib/checkpoints/${file}.ts`), file);
  }
});

Deno.test("figures and tables need neither Deno nor Node to be drawn in a page", async () => {
  const figures = (await Array.fromAsync(filesUnder(new URL("figures/", lib))))
    .filter(({ pathname }) => !/save_figure|read_fonts|to_pdf/.test(pathname));
  const files = [...figures, new URL("tables/shown_table.ts", lib)];
  const all = [...portable, ...portableToo, ...["@observablehq/plot", "d3-scale-chromatic"]];
  await checkPortable(files, all, true);
});

Deno.test("a file that stands for another in a browser exports the same names", async () => {
  const twins = (await Array.fromAsync(filesUnder(lib)))
    .filter(({ pathname }) => pathname.endsWith("_browser.ts"));
  assert.ok(twins.length >= 2);
  for (const { href } of twins) {
    const [twin, original] = await Promise.all(
      [href, href.replace("_browser.ts", ".ts")].map((name) => import(name)),
    );
    assert.deepEqual(Object.keys(twin).sort(), Object.keys(original).sort(), href);
  }
});
