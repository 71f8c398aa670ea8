/** One JavaScript file for browsers from a module of the library and all that it imports. */

import { join } from "node:path";

/** The project's folder, which holds `deno.json`. */
const root = new URL("../../../", import.meta.url);

/** What a browser has itself or never calls: jsdom, the renderer of PNG files and its fonts. */
const ABSENT = ["jsdom", "@resvg/resvg-wasm", "upng-js", "dejavu-fonts-ttf/package.json"];

/**
 * Bundle a module for browsers with `deno bundle`. A file `x.ts` that has `x_browser.ts` beside it is taken for that; what only
 * Deno needs is left out. The sources are copied to a folder of their own first, since the bundler knows neither rule.
 *
 * @param entry Path of the module, from the project's folder.
 * @returns The text of the bundle, a script that is no module: pages from files allow workers of that kind alone.
 * @throws {Error} If the bundler fails, with what it says.
 */
export async function bundleForBrowser(entry: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "neuromfa-bundle-" });
  try {
    await copySources(new URL("lib/", root), join(folder, "lib"));
    await Deno.writeTextFile(join(folder, "absent.ts"), ABSENT_MODULE);
    const config = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
    const imports = { ...config.imports };
    for (const name of ABSENT) imports[name] = "./absent.ts";
    const { nodeModulesDir, compilerOptions } = config;
    await Deno.writeTextFile(
      join(folder, "deno.json"),
      JSON.stringify({ nodeModulesDir, compilerOptions, imports }),
    );
    await Deno.copyFile(new URL("deno.lock", root), join(folder, "deno.lock"));
    const output = join(folder, "bundle.js");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["bundle", "--quiet", "--platform", "browser", "--format", "iife", "--minify"],
        ...["-o", output, entry],
      ],
      cwd: folder,
      env: { NO_COLOR: "1" },
      stdout: "null",
      stderr: "piped",
    }).output();
    if (success) {
      const text = await Deno.readTextFile(output);
      return text.replaceAll("import.meta.url", "globalThis.location.href");
    }
    const said = new TextDecoder().decode(stderr).trim().split("\n").slice(0, 12).join("\n");
    throw new Error(`${entry} cannot be bundled for browsers: ${said}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Stands for a package that a browser does without. */
const ABSENT_MODULE = `const absent = () => { throw new Error("this needs Deno"); };
export class JSDOM { constructor() { absent(); } }
export class Resvg { constructor() { absent(); } }
export const initWasm = absent;
export default { encode: absent };
`;

/** Copy the modules of a folder as the bundler can read them. */
async function copySources(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  const names = (await Array.fromAsync(Deno.readDir(from)));
  const twins = new Set(names.map(({ name }) => name).filter((name) => name.endsWith("_browser.ts")));
  await Promise.all(names.map(async ({ name, isDirectory }) => {
    if (isDirectory) return await copySources(new URL(`${name}/`, from), join(to, name));
    if (!name.endsWith(".ts")) return;
    const twin = name.replace(/\.ts$/, "_browser.ts");
    const text = await Deno.readTextFile(new URL(twins.has(twin) ? twin : name, from));
    await Deno.writeTextFile(join(to, name), text.replaceAll("import defer *", "import *"));
  }));
}
