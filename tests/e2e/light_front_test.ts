/** What is loaded without being asked for: nothing large. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import project from "../../deno.json" with { type: "json" };
import { withFolder } from "../helpers/with_folder.ts";
import { writeTinyPerceptrons } from "./tiny_perceptrons.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Packages that take longer to load than a small model to measure. */
const LARGE = [
  ...["@observablehq/plot", "@resvg/resvg-wasm", "@tensorflow/tfjs", "jsdom", "upng-js"],
  ...["@tensorflow/tfjs-backend-wasm", "danfojs-node"],
];

/** Run lines that import the library where each large package is a module that refuses to be loaded. */
async function runWithoutLarge(folder: string, lines: string): Promise<string> {
  const imports = Object.fromEntries([
    ...Object.entries(project.imports).filter(([, to]) => to.startsWith("npm:")),
    // A bare import map does not lead from a package to its files.
    ["dejavu-fonts-ttf/", `${project.imports["dejavu-fonts-ttf"].replace("npm:", "npm:/")}/`],
    ...Object.entries(project.exports).map(([name, path]) => [
      join("neuromfa", name).replaceAll("\\", "/"),
      pathToFileURL(join(root, path)).href,
    ]),
    ...LARGE.map((name) => [
      name,
      `data:text/javascript,throw new Error("${name} is loaded");export {}`,
    ]),
  ]);
  await Deno.copyFile(join(root, "deno.lock"), join(folder, "deno.lock"));
  await Deno.writeTextFile(join(folder, "map.json"), JSON.stringify({ imports }));
  await Deno.writeTextFile(join(folder, "program.ts"), lines);
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--cached-only", "--allow-read"],
      ...["--no-config", "--import-map=map.json", "--lock=deno.lock", "program.ts"],
    ],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return text.decode(stdout) + text.decode(stderr);
}

Deno.test("the three lines load no DOM, plot, renderer, tensors or frames", () =>
  withFolder(async (folder) => {
    await writeTinyPerceptrons(join(folder, "tiny"));
    const printed = await runWithoutLarge(
      folder,
      `import { measure, show } from "neuromfa";
      const result = await measure("tiny", { samples: 2, layerSample: 12 });
      await show(result);`,
    );
    assert.match(printed, /^step .* E .*\n.*\n.*\n *100 .* no interval: 2 samples kept .*\n/);
    assert.doesNotMatch(printed, /is loaded/);
  }));

Deno.test("a figure and a frame load them", () =>
  withFolder(async (folder) => {
    await writeTinyPerceptrons(join(folder, "tiny"));
    for (
      const lines of [
        'import "neuromfa/figures";',
        'import { toFrame } from "neuromfa/frames"; await toFrame([{ a: 1 }]);',
        `import { measure } from "neuromfa";
        await (await measure("tiny", { samples: 2, layerSample: 12 })).toFrame();`,
      ]
    ) {
      assert.match(await runWithoutLarge(folder, lines), /is loaded|does not provide an export/);
    }
  }));

Deno.test("only neuromfa/frames leads to Danfo, types and what is loaded late included", async () => {
  const entries = Object.values(project.exports).filter((path) => !path.endsWith("/frames.ts"));
  assert.equal(entries.length, Object.keys(project.exports).length - 1);
  const leadsToDanfo = async (path: string) =>
    (await moduleGraph(path)).some(({ specifier }) => specifier.startsWith("npm:/danfojs-node@"));
  assert.deepEqual(await Promise.all(entries.map(leadsToDanfo)), entries.map(() => false));
  assert.ok(await leadsToDanfo(project.exports["./frames"]));
});

/** All modules that a file leads to. */
async function moduleGraph(path: string): Promise<ModuleGraph["modules"]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", path],
    cwd: root,
  }).output();
  return (JSON.parse(new TextDecoder().decode(stdout)) as ModuleGraph).modules;
}

/** The modules that a file loads, those that it may load later aside. */
async function loadedBy(path: string): Promise<Set<string>> {
  const modules = await moduleGraph(path);
  const byName = new Map(modules.map((module) => [module.specifier, module]));
  const reached = new Set([pathToFileURL(join(root, path)).href]);
  // Grows while the loop runs.
  for (const specifier of reached) {
    for (const { code, isDynamic } of byName.get(specifier)?.dependencies ?? []) {
      if (code?.specifier !== undefined && !isDynamic) reached.add(code.specifier);
    }
  }
  return reached;
}

/** The rooms of the library that some modules are in. */
function roomsOf(modules: ReadonlySet<string>): Set<string | undefined> {
  return new Set([...modules].map((specifier) => /\/lib\/(\w+)\//.exec(specifier)?.[1]));
}

Deno.test("the help of the command is printed by few modules", async () => {
  const reached = await loadedBy("lib/cli/launch.ts"), rooms = roomsOf(reached);
  for (const room of ["architectures", "checkpoints", "figures", "scores", "display"]) {
    assert.ok(!rooms.has(room), room);
  }
  assert.ok(reached.size < 60, `${reached.size} modules`);
});

Deno.test("what a command may do is found out without what measures", async () => {
  const reached = await loadedBy("lib/cli/permissions_of.ts"), rooms = roomsOf(reached);
  for (const room of ["emergence", "figures", "display"]) assert.ok(!rooms.has(room), room);
  const measuring = [...reached].filter((specifier) => /\/runs\/(units|workers)\//.test(specifier));
  assert.deepEqual(measuring, []);
  assert.ok(reached.size < 110, `${reached.size} modules`);
});

/** What is used of what `deno info --json` prints. */
interface ModuleGraph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly specifier?: string };
      readonly isDynamic?: boolean;
    }[];
  }[];
}
