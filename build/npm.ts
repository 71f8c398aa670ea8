/** Builds the npm package: one module for browsers and Node, its types, and what it is under. */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import project from "../deno.json" with { type: "json" };
import { bundleForBrowser } from "./browser_bundle.ts";
import { declarationsOf } from "./declarations.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

/** The package's module, from where the bundle is made. */
const MODULE = `import "./polyfills.ts";\nexport * from "./lib/rooms/browser.ts";\n`;

/** Build the package in a folder; what was in it is replaced. */
export async function buildNpm(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(folder, { recursive: true });
  const polyfills = await Deno.readTextFile(join(root, "build", "polyfills.ts"));
  const made = { files: { "npm.ts": MODULE, "polyfills.ts": polyfills }, work: dirname(folder) };
  // The names of the packages in it are in the comments of the longer one.
  const [code, commented] = await Promise.all(
    [true, false].map((minify) => bundleForBrowser("npm.ts", { ...made, minify })),
  );
  const files = new Map([
    ["neuromfa.js", code!],
    ["package.json", `${JSON.stringify(packageJson(), null, 2)}\n`],
    ["README.md", await Deno.readTextFile(join(root, "build", "npm_readme.md"))],
    ["LICENSE", await Deno.readTextFile(join(root, "LICENSE"))],
    ["LICENSES.txt", await licencesIn(commented!)],
    ...[...declarationsOf("rooms/browser.ts")].map(([path, text]) =>
      [`types/${path}`, text] as const
    ),
  ]);
  for (const [path, text] of files) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeTextFile(join(folder, path), text);
  }
}

function packageJson() {
  const { name, version, license } = project;
  return {
    ...{ name, version, license },
    description:
      "Neuron interaction networks of language models, their multifractal spectra, and the degree of emergence",
    type: "module",
    sideEffects: true,
    exports: { ".": { types: "./types/rooms/browser.d.ts", default: "./neuromfa.js" } },
    types: "./types/rooms/browser.d.ts",
    engines: { node: ">=20" },
    files: ["neuromfa.js", "types", "LICENSES.txt"],
  };
}

/** The licences of the packages that a bundle says it is made of. */
async function licencesIn(code: string): Promise<string> {
  const folders = new Map<string, string>();
  for (const [, path] of code.matchAll(/^\/\/ (\S*\/registry\.npmjs\.org\/\S+)$/gm)) {
    const [, folder, name] = /^(.*\/registry\.npmjs\.org\/((?:@[^/]+\/)?[^/]+\/[^/]+))\//.exec(
      path!,
    )!;
    folders.set(name!, join(cacheFolder(), folder!.replace(/^.*\/registry\.npmjs\.org\//, "")));
  }
  // Many packages have the same texts: each is there once, behind the packages that it is of.
  const owners = new Map<string, string[]>();
  for (const [name, folder] of [...folders].sort()) {
    const { license } = JSON.parse(await Deno.readTextFile(join(folder, "package.json")));
    const owner = `${name.replace(/\/([^/]+)$/, " $1")} (${license})`;
    const files = (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name))
      .filter((name) => /^(licen[cs]e|notice)/i.test(name)).sort();
    for (const file of files.length > 0 ? files : [null]) {
      const text = file === null ? "" : (await Deno.readTextFile(join(folder, file))).trim();
      owners.set(text, [...owners.get(text) ?? [], owner]);
    }
  }
  const parts = [...owners].map(([text, names]) => `${names.join("\n")}\n\n${text}`.trim());
  const line = `\n\n${"─".repeat(80)}\n\n`;
  return `neuromfa.js has parts of these packages.\n\n${parts.join(line)}\n`;
}

/** Where Deno keeps the packages of npm. */
function cacheFolder(): string {
  const file = fileURLToPath(import.meta.resolve("valibot"));
  return file.slice(0, file.indexOf("registry.npmjs.org") + "registry.npmjs.org".length);
}

if (import.meta.main) {
  const folder = join(root, "dist", "npm");
  await buildNpm(folder);
  console.log(`The package is in ${folder}; npm pack ${folder} makes a file of it.`);
}
