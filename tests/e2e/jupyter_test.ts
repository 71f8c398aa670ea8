/** The notebooks in Jupyter with Deno's own kernel must write and show what a headless run does. */

import assert from "node:assert/strict";
import { basename, dirname, join, relative } from "node:path";
import { runNotebook } from "../../lib/notebooks/run_notebook.ts";
import { storedNotebooks } from "../notebooks/stored_notebooks.ts";

interface ExecutedCell {
  cell_type: string;
  outputs?: { data?: Record<string, string | string[]> }[];
}

const decoder = new TextDecoder();

/** Runs a program to its end; what it printed and whether it succeeded. */
async function run(program: string, args: string[], options: Deno.CommandOptions = {}) {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    stdin: "null",
    ...options,
  }).output();
  return { success, printed: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Why Jupyter cannot be used here, `undefined` where it can. */
async function whyNoJupyter(): Promise<string | undefined> {
  try {
    const { success, printed } = await run("jupyter", ["nbconvert", "--version"]);
    return success ? undefined : `jupyter nbconvert does not start: ${printed.trim()}`;
  } catch (error) {
    return `there is no jupyter to start (${(error as Error).message})`;
  }
}

/** Paths and bytes of the CSV files under a folder. */
async function tables(folder: string, under = folder): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) { for (const entry of await tables(path, under)) found.set(...entry); }
    else if (name.endsWith(".csv")) found.set(relative(under, path), await Deno.readTextFile(path));
  }
  return found;
}

/** The pictures of each code cell, as text. */
function pictures(executed: string): string[][] {
  const { cells } = JSON.parse(executed) as { cells: ExecutedCell[] };
  return cells.filter(({ cell_type }) => cell_type === "code").map(({ outputs = [] }) =>
    outputs.flatMap(({ data = {} }) =>
      Object.entries(data).filter(([type]) => type.startsWith("image/")).sort()
        .map(([type, value]) => `${type} ${[value].flat().join("").trimEnd()}`)
    )
  );
}

/** Executes a notebook in Jupyter; the kernel is installed under `home` and nowhere else. */
async function executeInJupyter(path: string, home: string, results: string): Promise<string> {
  const { printed: info } = await run(Deno.execPath(), ["info", "--json"]);
  const env = {
    HOME: home,
    XDG_DATA_HOME: join(home, "data"),
    JUPYTER_DATA_DIR: join(home, "data/jupyter"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    JUPYTER_CONFIG_DIR: join(home, "config"),
    IPYTHONDIR: join(home, "ipython"),
    DENO_DIR: JSON.parse(info).denoDir as string, // a new HOME would mean an empty cache
    NO_COLOR: "1",
    NEUROMFA_RESULTS: results,
  };
  const install = await run(Deno.execPath(), ["jupyter", "--install"], { env });
  assert.ok(install.success, install.printed);
  const execution = await run("jupyter", [
    ...["nbconvert", "--to", "notebook", "--execute", "--output-dir", home],
    ...["--ExecutePreprocessor.kernel_name=deno", "--ExecutePreprocessor.timeout=600", path],
  ], { env, cwd: dirname(path) });
  assert.ok(execution.success, execution.printed);
  return await Deno.readTextFile(join(home, basename(path)));
}

const reason = await whyNoJupyter();
const inCi = Deno.env.get("CI") !== undefined;
if (reason !== undefined && !inCi) {
  console.log(
    `Notebooks are not tested in Jupyter: ${reason}; in Debian install jupyter-nbconvert.`,
  );
}

for (const { path, name } of await storedNotebooks()) {
  Deno.test({
    name: `${name} writes and shows in Jupyter what it does headless`,
    ignore: reason !== undefined && !inCi,
    async fn() {
      assert.equal(reason, undefined, "where CI is set, Jupyter must be there");
      const folder = await Deno.makeTempDir();
      const [headless, jupyter, home] = ["headless", "jupyter", "home"].map((part) =>
        join(folder, part)
      ) as [string, string, string];
      try {
        for (const part of [headless, jupyter, home]) await Deno.mkdir(part);
        const expected = await runNotebook(path, { results: headless });
        const executed = await executeInJupyter(path, home, jupyter);
        const written = await tables(headless);
        assert.ok(written.size > 0, "a notebook that writes no table leaves nothing to compare");
        assert.deepEqual(await tables(jupyter), written);
        assert.deepEqual(pictures(executed), pictures(expected));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}
