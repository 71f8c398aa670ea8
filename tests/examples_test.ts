/**
 * The examples of the documentation run. `deno test --doc` would load the library anew for each of them, which takes far
 * longer than to run them; `deno task test` has `deno check --doc` look at their types.
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { listFiles } from "../lib/files/list_files.ts";
import { withFolder } from "./helpers/with_folder.ts";

const project = fileURLToPath(new URL("..", import.meta.url));

/** A block of code in a comment. */
interface Example {
  readonly code: string;
  /** The line where its code begins, from 1. */
  readonly line: number;
}

/** The examples in the doc comments of a module. */
function examplesIn(source: string): Example[] {
  return [...source.matchAll(/^[ \t]*\/\*\*.*?\*\//gms)].flatMap(({ 0: comment, index }) => {
    const text = comment.replaceAll(/^[ \t]*\*(?!\/) ?/gm, "");
    return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((block) => ({
      code: block[1]!,
      line: (source.slice(0, index) + text.slice(0, block.index)).split("\n").length + 1,
    }));
  });
}

const paths = ["mod.ts", ...(await listFiles(join(project, "lib"))).map((path) => `lib/${path}`)]
  .filter((path) => path.endsWith(".ts"));
let found = 0;
for (const path of paths) {
  const source = await Deno.readTextFile(join(project, path));
  const fences = source.match(/^ *\* ```(?:ts|js|tsx|typescript|javascript)\b/gm)?.length ?? 0;
  const examples = examplesIn(source);
  found += examples.length;
  for (const { code, line } of examples) {
    Deno.test(`the example of ${path}, line ${line}, runs`, () =>
      withFolder(async (folder) => {
        const module = join(folder, "example.ts");
        await Deno.writeTextFile(module, code);
        await import(pathToFileURL(module).href);
      }));
  }
  if (fences !== examples.length) {
    Deno.test(`all examples of ${path} are run`, () => assert.equal(examples.length, fences));
  }
}

Deno.test("the documentation has examples", () => {
  assert.ok(found > 100, `${found} were found`);
});
