/** Debian's Jupyter, for tests that need it. */

import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { denoDir } from "../helpers/deno_dir.ts";

const decoder = new TextDecoder();

/** Whether what a test needs must be there. */
export const inCi: boolean = Deno.env.get("CI") !== undefined;

/** Runs a program to its end; what it printed and whether it succeeded. */
export async function run(program: string, args: string[], options: Deno.CommandOptions = {}) {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    stdin: "null",
    ...options,
  }).output();
  return { success, printed: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Why Jupyter cannot be used here, `undefined` where it can. */
export async function whyNoJupyter(): Promise<string | undefined> {
  try {
    const { success, printed } = await run("jupyter", ["nbconvert", "--version"]);
    return success ? undefined : `jupyter nbconvert does not start: ${printed.trim()}`;
  } catch (error) {
    return `there is no jupyter to start (${(error as Error).message})`;
  }
}

/** Executes a notebook in Jupyter; the kernel is installed under `home` and nowhere else. */
export async function executeInJupyter(
  path: string,
  home: string,
  results: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const written = await exportFromJupyter("notebook", path, home, results, environment);
  return await Deno.readTextFile(written);
}

/** Executes a notebook as {@linkcode executeInJupyter} does and writes it as a notebook or a page to `home`; its path. */
export async function exportFromJupyter(
  format: "notebook" | "html",
  path: string,
  home: string,
  results: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = {
    HOME: home,
    XDG_DATA_HOME: join(home, "data"),
    JUPYTER_DATA_DIR: join(home, "data/jupyter"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    JUPYTER_CONFIG_DIR: join(home, "config"),
    IPYTHONDIR: join(home, "ipython"),
    DENO_DIR: await denoDir(), // a new HOME would mean an empty cache
    NO_COLOR: "1",
    NEUROMFA_RESULTS: results,
    ...environment,
  };
  const install = await run(Deno.execPath(), ["jupyter", "--install"], { env });
  assert.ok(install.success, install.printed);
  const execution = await run("jupyter", [
    ...["nbconvert", "--to", format, "--execute", "--output-dir", home],
    ...["--ExecutePreprocessor.kernel_name=deno", "--ExecutePreprocessor.timeout=600", path],
  ], { env, cwd: dirname(path) });
  assert.ok(execution.success, execution.printed);
  const ending = format === "notebook" ? ".ipynb" : ".html";
  return join(home, `${basename(path, ".ipynb")}${ending}`);
}

/** Renders an executed notebook to a page in `folder`; returns its path. */
export async function renderToHtml(path: string, folder: string): Promise<string> {
  const args = ["nbconvert", "--to", "html", "--output-dir", folder, path];
  const { success, printed } = await run("jupyter", args);
  assert.ok(success, printed);
  return join(folder, `${basename(path, ".ipynb")}.html`);
}

/** The pictures of each code cell of an executed notebook, PNG in base64. */
export function pictures(executed: string): string[][] {
  const { cells } = JSON.parse(executed) as {
    cells: { cell_type: string; outputs?: { data?: Record<string, string | string[]> }[] }[];
  };
  return cells.filter(({ cell_type }) => cell_type === "code").map(({ outputs = [] }) =>
    outputs.flatMap(({ data = {} }) =>
      data["image/png"] === undefined ? [] : [[data["image/png"]].flat().join("").trimEnd()]
    )
  );
}
