/** A copy of the notebooks for students: all that these need, and none of what they are to find out. */

import { cp } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { exists, listFolder } from "../../lib/files/list_files.ts";
import { nearestName } from "../../lib/messages/nearest_name.ts";
import { shown } from "../../lib/messages/shown.ts";
import { suiteModels } from "../../lib/checkpoints/suite_folder.ts";
import { parseNotebook } from "../reproduce/parse_notebook.ts";
import { modelsNamed } from "./models_named.ts";

/** What is copied as it is, besides notebooks and models. */
const COPIED = [
  ...["lib", "data/published", "notebooks/reproduce", "notebooks/setup"],
  ...["mod.ts", "deno.lock", "package.json", "LICENSE", "CITATION.cff"],
];

/** The tasks that work in the copy. */
const TASKS = ["doctor", "kernel", "check-notebook", "reproduce", "neuromfa"] as const;

/** What a copy has. */
export interface ClassCopy {
  /** Its folder. */
  readonly out: string;
  /** File names of its notebooks, in order. */
  readonly notebooks: readonly string[];
  /** Its bundled models. */
  readonly models: readonly string[];
  /** Bytes of all its files. */
  readonly bytes: number;
}

/**
 * Writes a copy for students, whole or not at all: notebooks as they are stored, without outputs and solutions, the library, the
 * models that they read, and a `deno.json` whose tasks work there. Git tracks nothing of it.
 *
 * @param project The folder of the project.
 * @param wanted Names of notebooks, with or without their number, or the number alone; all where none is given.
 * @param out The folder; it must not be there, or be empty, and lie outside the project.
 * @throws {Error} If a notebook is not there, or the folder is in the way.
 */
export async function copyForClass(
  project: string,
  wanted: readonly string[],
  out: string,
): Promise<ClassCopy> {
  const place = resolve(out);
  await refusePlace(project, place, out);
  const notebooks = await namedNotebooks(join(project, "notebooks"), wanted);
  const sources = await Promise.all(
    notebooks.map((name) => codeOf(join(project, "notebooks", name))),
  );
  const suite = join(project, "data/suite");
  const models = modelsNamed(sources, await suiteModels(suite));
  const partial = join(dirname(place), `.${basename(place)}.${crypto.randomUUID()}.partial`);
  try {
    await Deno.mkdir(partial, { recursive: true });
    const paths = [
      ...COPIED,
      ...notebooks.map((name) => `notebooks/${name}`),
      ...models.map((model) => `data/suite/${model}`),
    ];
    for (const path of paths) {
      await cp(join(project, path), join(partial, path), {
        recursive: true,
        preserveTimestamps: false,
      });
    }
    const write = (name: string, text: string) => Deno.writeTextFile(join(partial, name), text);
    await write("deno.json", await configOf(project));
    await write("README.md", await readmeOf(project, notebooks));
    await write(".gitignore", "# A copy for a class: its project is elsewhere.\n*\n");
    const bytes = await bytesIn(partial);
    // An empty folder gives way.
    if (await exists(place)) await Deno.remove(place);
    await Deno.rename(partial, place);
    return { out, notebooks, models, bytes };
  } catch (error) {
    await Deno.remove(partial, { recursive: true }).catch(() => {});
    throw error;
  }
}

async function refusePlace(project: string, place: string, out: string): Promise<void> {
  const real = await Deno.realPath(dirname(place)).catch(() => dirname(place));
  const within = relative(await Deno.realPath(project), join(real, basename(place)));
  if (!within.startsWith("..") && within !== resolve(within)) {
    throw new Error(`${out} lies inside the project; name a folder outside, such as ../class`);
  }
  if (!await exists(place)) return;
  if (!(await Deno.stat(place)).isDirectory) {
    throw new Error(`${out} is a file; name a folder that is not there yet`);
  }
  if ((await listFolder(place)).length === 0) return;
  throw new Error(`${out} is not empty, and students may have worked there; name a new folder`);
}

/** File names of the notebooks that are wanted, in their order. */
async function namedNotebooks(folder: string, wanted: readonly string[]): Promise<string[]> {
  const all = (await listFolder(folder)).map(({ name }) => name)
    .filter((name) => /^\d\d_\w+\.ipynb$/.test(name)).sort();
  if (wanted.length === 0) return all;
  const named = new Set(wanted.map((word) => {
    const plain = basename(word, ".ipynb");
    const found = all.find((name) => {
      const [, number, rest] = /^(\d\d)_(\w+)\.ipynb$/.exec(name)!;
      return [number, `${Number(number)}`, rest, `${number}_${rest}`].includes(plain);
    });
    if (found !== undefined) return found;
    const names = all.map((name) => name.slice(3, -".ipynb".length));
    throw new Error(
      `there is no notebook ${shown(word)}, the nearest is ${shown(nearestName(plain, names))}`,
    );
  }));
  return all.filter((name) => named.has(name));
}

async function codeOf(path: string): Promise<string> {
  const { cells } = parseNotebook(await Deno.readTextFile(path), path);
  return cells.filter(({ kind }) => kind === "code").map(({ source }) => source).join("\n");
}

/** The project's `deno.json` with what there is in the copy. */
async function configOf(project: string): Promise<string> {
  const { tasks, publish: _, ...config } = JSON.parse(
    await Deno.readTextFile(join(project, "deno.json")),
  );
  const kept = Object.fromEntries(TASKS.map((name) => [name, tasks[name]]));
  return `${JSON.stringify({ ...config, tasks: kept }, null, 2)}\n`;
}

/** What students read first. */
async function readmeOf(project: string, notebooks: readonly string[]): Promise<string> {
  const lines = await Promise.all(notebooks.map(async (name) => {
    const path = join(project, "notebooks", name);
    const { cells } = parseNotebook(await Deno.readTextFile(path), path);
    const [, title = name] = /^# (.*)$/m.exec(cells[0]?.source ?? "") ?? [];
    return `- [${name}](notebooks/${name}): ${title}`;
  }));
  return `# Notebooks for a class

${lines.join("\n")}

You need [Deno](https://deno.com) and Jupyter, or VS Code. In this folder:

\`\`\`sh
deno task doctor            # what of this machine is ready, what is missing, and what to do
deno task kernel            # Deno's kernel for Jupyter, once
jupyter notebook notebooks/
\`\`\`

Each notebook ends with things to try. What you write stays in this folder. Results of notebooks go
to \`out/\`. A copy of a notebook under another name keeps your work apart.

The method is that of Xiao et al. (ICLR 2025, https://arxiv.org/abs/2402.09099); CITATION.cff has
the entry for a list of references.
`;
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await listFolder(folder)) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory ? await bytesIn(path) : (await Deno.stat(path)).size;
  }
  return bytes;
}
