/** The notebooks that tests go through: all of `notebooks/`, and the fixture that shows everything. */

import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Path and name of each, the fixture first; it keeps the tests from having nothing to do. */
export async function storedNotebooks(): Promise<{ path: string; name: string }[]> {
  const paths = [join(project, "tests/reproduce/fixtures/shows_everything.ipynb")];
  const folder = join(project, "notebooks");
  // A clone without notebooks has no such folder, since git keeps no empty ones.
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  const names = entries.map(({ name }) => name).filter((name) => name.endsWith(".ipynb"));
  paths.push(...names.sort().map((name) => join(folder, name)));
  return paths.map((path) => ({ path, name: basename(path, ".ipynb") }));
}
