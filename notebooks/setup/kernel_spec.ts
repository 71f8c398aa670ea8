/** Jupyter's kernel specifications: where they lie, and which program that of Deno starts. */

import { join } from "node:path";
import { ifThere } from "../../lib/files/list_files.ts";
import { parseJson } from "../../lib/files/parse_json.ts";
import { reading } from "../../lib/files/system_fault.ts";
import type { Machine } from "./machine.ts";

/** What a kernel of Deno is started with, after the program. */
export const KERNEL_ARGUMENTS = ["jupyter", "--kernel", "--conn", "{connection_file}"] as const;

/** The specification of a kernel, or why it cannot be read. */
export type KernelSpec =
  | { readonly path: string; readonly argv: readonly string[] }
  | { readonly path: string; readonly fault: string };

/** The folder of this user's Jupyter data, as Jupyter and `deno jupyter --install` find it. */
export function userJupyterFolder({ os, variable }: Pick<Machine, "os" | "variable">): string {
  const named = variable("JUPYTER_DATA_DIR");
  if (named !== undefined) return named;
  const home = variable("HOME") ?? variable("USERPROFILE") ?? ".";
  if (os === "windows") {
    return join(variable("APPDATA") ?? join(home, "AppData/Roaming"), "jupyter");
  }
  if (os === "darwin") return join(home, "Library/Jupyter");
  return join(variable("XDG_DATA_HOME") ?? join(home, ".local/share"), "jupyter");
}

/** The folders in which Jupyter looks for kernels, the first that has one of a name counting. */
export function kernelFolders(machine: Pick<Machine, "os" | "variable">): string[] {
  const { os, variable } = machine;
  const named = variable("JUPYTER_PATH")?.split(os === "windows" ? ";" : ":") ?? [];
  const common = os === "windows"
    ? [join(variable("PROGRAMDATA") ?? "C:/ProgramData", "jupyter")]
    : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  return [...named.filter((folder) => folder !== ""), userJupyterFolder(machine), ...common]
    .map((folder) => join(folder, "kernels"));
}

/** The specification of the kernel `deno` in one of Jupyter's folders, `null` if there is none. */
export async function readKernelSpec(folder: string): Promise<KernelSpec | null> {
  const path = join(folder, "deno/kernel.json");
  try {
    const text = await ifThere(reading(path, () => Deno.readTextFile(path)));
    if (text === null) return null;
    const argv = argumentsIn(parseJson(text));
    return argv === null ? { path, fault: "it names no program to start" } : { path, argv };
  } catch (error) {
    const isText = error instanceof SyntaxError;
    return { path, fault: isText ? "it is not JSON" : (error as Error).message };
  }
}

/** The program and arguments of a specification, `null` where it has none. */
function argumentsIn(stored: unknown): string[] | null {
  if (typeof stored !== "object" || stored === null || !("argv" in stored)) return null;
  const { argv } = stored;
  const isList = Array.isArray(argv) && argv.length > 0 &&
    argv.every((word) => typeof word === "string");
  return isList ? argv : null;
}

/** The kernel `deno` that Jupyter takes, `null` if it finds none. */
export async function foundKernelSpec(
  machine: Pick<Machine, "os" | "variable">,
): Promise<KernelSpec | null> {
  for (const folder of kernelFolders(machine)) {
    const spec = await readKernelSpec(folder);
    if (spec !== null) return spec;
  }
  return null;
}

/** Whether arguments are those of a kernel of Deno's, whichever program they start. */
export function isDenoKernel(argv: readonly string[]): boolean {
  return KERNEL_ARGUMENTS.every((argument, i) => argv[i + 1] === argument);
}
