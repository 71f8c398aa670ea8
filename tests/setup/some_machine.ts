/** A machine for tests on which all is well, but for what a test changes. */

import { join } from "node:path";
import type { Ended, Machine } from "../../notebooks/setup/machine.ts";

/** What programs print; a program without an entry is not there. */
export type Programs = Readonly<Record<string, string | Ended>>;

/** A machine whose home is a folder. */
export function someMachine(
  home: string,
  { programs = {}, variables = {}, ...rest }:
    & Partial<Machine>
    & { programs?: Programs; variables?: Readonly<Record<string, string>> } = {},
): Machine {
  const there: Programs = {
    deno: "",
    "jupyter lab": "4.2.5",
    "fc-match": "DejaVu Sans",
    ...programs,
  };
  return {
    os: "linux",
    denoVersion: "2.9.6",
    denoPath: "deno",
    project: home,
    variable: (name) => ({ HOME: home, ...variables })[name],
    run(program, args) {
      const name = program === "jupyter" ? `jupyter ${args[0]}` : program;
      const printed = there[name];
      if (printed === undefined) return Promise.resolve(null);
      return Promise.resolve(typeof printed === "string" ? { success: true, printed } : printed);
    },
    freeMemory: () => Promise.resolve(8e9),
    freeDisk: () => Promise.resolve(8e9),
    reach: () => Promise.resolve(null),
    ...rest,
  };
}

/** Writes the specification of the kernel `deno` below a folder of Jupyter's data; its path. */
export async function writeSpec(data: string, spec: unknown): Promise<string> {
  const folder = join(data, "kernels/deno");
  await Deno.mkdir(folder, { recursive: true });
  const path = join(folder, "kernel.json");
  await Deno.writeTextFile(path, typeof spec === "string" ? spec : JSON.stringify(spec));
  return path;
}
