/** Which files run where there is neither Deno nor Node. */

import assert from "node:assert/strict";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/**
 * Check that some files, and all that they import, name nothing of Deno or Node, and of packages only some.
 *
 * @param portable The packages that run anywhere.
 * @param hasTwins Whether a file `x.ts` that has `x_browser.ts` beside it counts as that, as it does for the bundler.
 * @returns The paths of the files that were looked at.
 */
export async function checkPortable(
  files: readonly URL[],
  portable: readonly string[],
  hasTwins = false,
): Promise<string[]> {
  const queue = [...files], seen = new Set<string>();
  for (const file of queue) {
    if (seen.has(file.href)) continue;
    seen.add(file.href);
    const name = relative(fileURLToPath(root), fileURLToPath(file));
    const source = await sourceOf(file, hasTwins);
    const code = source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/(?<!:)\/\/.*/g, "");
    const imports = [
      ...code.matchAll(/^(?:import|export) (?!type )[^;]*? ?from "([^"]+)";/gms),
      ...code.matchAll(/\bimport\("([^"]+)"\)/g),
    ];
    for (const [, from] of imports) {
      // What is imported counts as well; the queue grows while the loop runs.
      if (from!.startsWith(".")) queue.push(new URL(from!, file));
      else assert.ok(portable.includes(from!), `${name} imports ${from}`);
    }
    const left = code.replaceAll(/\bimport\("[^"]+"\)/g, "");
    assert.doesNotMatch(left, /\b(Deno|process|Buffer|require)\b(?!["'])|\bimport\(/, name);
  }
  return [...seen].map((href) => relative(fileURLToPath(root), fileURLToPath(new URL(href))));
}

async function sourceOf(file: URL, hasTwins: boolean): Promise<string> {
  const twin = new URL(file.href.replace(/\.ts$/, "_browser.ts"));
  return hasTwins
    ? await Deno.readTextFile(twin).catch(() => Deno.readTextFile(file))
    : await Deno.readTextFile(file);
}
