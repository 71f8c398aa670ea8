/** The order of the rooms and the path from weights to a figure, as ARCHITECTURE.md lists them. */

import assert from "node:assert/strict";
import ts from "typescript";

const root = new URL("../", import.meta.url);
const page = await Deno.readTextFile(new URL("ARCHITECTURE.md", root));
const order = listed("The order of the rooms");
const path = listed("From weights to a figure");
const imports = await importGraph(["lib"]);
const front = await importsOf(new URL("mod.ts", root));

/** The name in code at the start of each item of the numbered list below a heading, in order. */
function listed(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  assert.ok(section, `ARCHITECTURE.md has no heading ${heading}`);
  return [...section.matchAll(/^(\d+)\. `([^`]+)`/gm)].map(([, number, name], i) => {
    assert.equal(Number(number), i + 1, `${heading} is numbered in order`);
    return name!;
  });
}

/** Every file under some folders, by its path in the project, and the files that it imports, types too. */
async function importGraph(folders: string[]): Promise<Map<string, string[]>> {
  const graph = new Map<string, string[]>();
  for (const folder of folders) {
    for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
      const file = `${folder}/${name}`;
      if (isDirectory) folders.push(file);
      else if (name.endsWith(".ts")) graph.set(file, await importsOf(new URL(file, root)));
    }
  }
  return graph;
}

/** The project's own modules that a file imports or exports from, also when it runs. */
async function importsOf(file: URL): Promise<string[]> {
  return ts.preProcessFile(await Deno.readTextFile(file), true, true).importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith(".") && name.endsWith(".ts"))
    .map((name) => new URL(name, file).href.slice(root.href.length));
}

/** All files that some files import, directly or not, and themselves. */
function reachable(files: readonly string[]): Set<string> {
  const found = new Set(files);
  for (const file of found) for (const imported of imports.get(file) ?? []) found.add(imported);
  return found;
}

function roomOf(file: string): string {
  return file.split("/")[1]!;
}

Deno.test("every folder of lib is in the list of rooms, and every room of the list is a folder", async () => {
  const entries = await Array.fromAsync(Deno.readDir(new URL("lib/", root)));
  assert.deepEqual(entries.map(({ name }) => name).sort(), [...order].sort());
  assert.ok(imports.size > 250, `only ${imports.size} files were looked at`);
});

Deno.test("no file imports from a room above its own, types included", () => {
  const upward = [...imports].flatMap(([file, imported]) =>
    imported.filter((other) => order.indexOf(roomOf(other)) > order.indexOf(roomOf(file)))
      .map((other) => `${file} imports ${other}`)
  );
  assert.deepEqual(upward, []);
});

Deno.test("no files import each other in a cycle, types included", () => {
  const done = new Set<string>(), open: string[] = [], cycles: string[] = [];
  const visit = (file: string): void => {
    if (open.includes(file)) cycles.push([...open.slice(open.indexOf(file)), file].join(" > "));
    if (open.includes(file) || done.has(file)) return;
    open.push(file);
    for (const imported of imports.get(file) ?? []) visit(imported);
    open.pop();
    done.add(file);
  };
  for (const file of imports.keys()) visit(file);
  assert.deepEqual(cycles, []);
});

Deno.test("every import of one of our files is of a file that is there", () => {
  for (const [file, imported] of imports) {
    for (const other of imported) assert.ok(imports.has(other), `${file} imports ${other}`);
  }
});

Deno.test("the path from weights to a figure is at most 16 files, in the order of the rooms, and all are there", () => {
  assert.ok(path.length >= 10 && path.length <= 16, `${path.length} files`);
  for (const file of path) assert.ok(imports.has(file), file);
  const rooms = path.map((file) => order.indexOf(roomOf(file)));
  assert.deepEqual(rooms, rooms.toSorted((a, b) => a - b));
});

Deno.test("each file of the path is exported by the front, or imported on the way to what is", () => {
  const drawn = "lib/figures/emergence/emergence_over_training.ts";
  assert.equal(path.at(-1), drawn);
  assert.ok(imports.get("lib/rooms/figures.ts")!.includes(drawn));
  const entries = [
    ...["lib/checkpoints/open_run.ts", "lib/networks/sample_networks.ts"],
    ...["lib/multifractal/multifractal_spectra.ts", "lib/emergence/degree_of_emergence.ts"],
  ];
  for (const entry of entries) assert.ok(front.includes(entry), `mod.ts exports from ${entry}`);
  const onTheWay = reachable([...entries, drawn]);
  for (const file of path) assert.ok(onTheWay.has(file), file);
  // measure() takes the same way.
  const measured = reachable(["lib/runs/measure.ts"]);
  for (const file of path.slice(0, -1)) assert.ok(measured.has(file), file);
});
