/**
 * One JavaScript file of an entry of the library and all that it imports, for browsers and Node.
 *
 * `deno bundle` knows where the packages are and which versions deno.lock names. Before it runs, what
 * needs Deno is replaced: of a file `x.ts` that has `x_browser.ts` beside it the latter is taken.
 */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import project from "../deno.json" with { type: "json" };
import { listFiles } from "../lib/files/list_files.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

/** How a bundle is made. */
export interface BrowserBundleOptions {
  /** Whether names and spaces are shortened; `true` unless given. */
  readonly minify?: boolean;
  /** `esm` for a module; `iife` for a script that exports nothing, as workers and pages from files take. */
  readonly format?: "esm" | "iife";
  /** Files beside the library's, by their path in the project; they may import from `lib/`. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Bundle an entry of the library for browsers.
 *
 * @param entry The path of the entry in the project, such as `lib/rooms/browser.ts`, or of one of `files`.
 * @returns The JavaScript.
 * @throws {Error} If something imports what no browser has, or cannot be bundled.
 */
export async function bundleForBrowser(
  entry: string,
  { minify = true, format = "esm", files = {} }: BrowserBundleOptions = {},
): Promise<string> {
  const dist = join(root, "dist");
  await Deno.mkdir(dist, { recursive: true });
  const copy = await Deno.makeTempDir({ dir: dist, prefix: ".bundle-" });
  try {
    await copyLibrary(copy);
    for (const [path, text] of Object.entries(files)) await write(join(copy, path), text);
    const out = join(copy, "out.js");
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["bundle", "--quiet", "--platform", "browser", "--format", format],
        ...minify ? ["--minify"] : [],
        ...["--output", out, join(copy, entry)],
      ],
      cwd: copy,
      stdin: "null",
    }).output();
    const said = new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
    if (!success) throw new Error(`${entry} cannot be bundled:\n${said.trim()}`);
    const code = await Deno.readTextFile(out);
    const [, builtIn] = /(?:\bfrom|\bimport|\bimport\()\s*["'](node:[\w/]+)["']/.exec(code) ?? [];
    if (builtIn === undefined) return code;
    throw new Error(`${entry} imports ${builtIn}, which no browser has`);
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
}

/** Copy the library with what a browser takes in place of what needs Deno. */
async function copyLibrary(copy: string) {
  const paths = (await listFiles(join(root, "lib"))).filter((path) => path.endsWith(".ts"));
  const isThere = new Set(paths);
  await Promise.all(paths.map(async (path) => {
    const twin = path.replace(/\.ts$/, "_browser.ts");
    const source = await Deno.readTextFile(join(root, "lib", isThere.has(twin) ? twin : path));
    // A bundle has all modules in it: nothing is gained by running them late.
    await write(join(copy, "lib", path), source.replaceAll(/^import defer \*/gm, "import *"));
  }));
  // Its module imports events of Node; the package's file for browsers has them in it.
  const graphology = join(
    dirname(fileURLToPath(import.meta.resolve("graphology"))),
    "graphology.umd.min.js",
  );
  await Deno.copyFile(graphology, join(copy, "graphology.cjs"));
  const imports = { ...project.imports, graphology: "./graphology.cjs" };
  await write(join(copy, "deno.json"), JSON.stringify({ nodeModulesDir: "none", imports }));
  for (const file of ["deno.lock", "package.json"]) {
    await Deno.copyFile(join(root, file), join(copy, file));
  }
}

async function write(path: string, text: string) {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}
