import assert from "node:assert/strict";
import { checkPortable } from "../helpers/portable_imports.ts";

const root = new URL("../../lib/explorer/", import.meta.url);

/** Packages that run in a browser, those of the numeric core, of reading and of drawing. */
const portable = [
  ...["@huggingface/gguf", "@huggingface/hub", "@noble/hashes/legacy.js", "@noble/hashes/sha2.js"],
  ...["@observablehq/plot", "@zip.js/zip.js/lib/zip-core.js", "brace-expansion", "crc-32"],
  ...["d3-array", "d3-dsv", "d3-scale-chromatic", "fastest-levenshtein", "fflate", "graphology"],
  ...["graphology-communities-louvain", "graphology-shortest-path", "ml-matrix", "npyjs", "pbf"],
  ...[
    "math-base-special-gammainc",
    "stats-base-dists-normal-cdf",
    "stats-base-dists-normal-quantile",
    "stats-base-dists-t-cdf",
    "stats-padjust",
    "stats-ranks",
  ].map((name) => `@stdlib/${name}`),
  ...["distribution/uniformFloat64", "generator/xoroshiro128plus"]
    .map((name) => `pure-rand/${name}`),
  "valibot",
];

Deno.test("the explorer needs neither Deno nor Node, itself or through imports", async () => {
  const seen = await checkPortable([new URL("explorer.ts", root)], portable, true);
  for (const file of ["page/explorer_page", "engine/explorer_work", "page/tour"]) {
    assert.ok(seen.includes(`lib/explorer/${file}.ts`), file);
  }
});
