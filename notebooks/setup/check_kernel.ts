/** Whether Jupyter finds a kernel of Deno, one that will still be there tomorrow. */

import type { Finding } from "./finding.ts";
import { foundKernelSpec, isDenoKernel } from "./kernel_spec.ts";
import type { Machine } from "./machine.ts";
import { clearedBy } from "./passing_folder.ts";

const WRITE = "run deno task kernel, which writes one that lasts";

/** Reads the specification that Jupyter would take, and runs the program that it names. */
export async function checkKernel(machine: Machine): Promise<Finding[]> {
  const about = { what: "Deno's kernel", onlyFor: "notebooks in Jupyter, VS Code" } as const;
  const broken = (found: string, remedy = WRITE): Finding[] => [
    { ...about, status: "broken", found, remedy },
  ];
  const spec = await foundKernelSpec(machine);
  if (spec === null) {
    return [{ ...about, status: "missing", found: "no kernel of that name", remedy: WRITE }];
  }
  if ("fault" in spec) return broken(`${spec.path}: ${spec.fault}`);
  if (!isDenoKernel(spec.argv)) {
    const remedy = "move it away (jupyter kernelspec remove deno), then run deno task kernel";
    return broken(`${spec.path} starts something else than Deno's kernel`, remedy);
  }
  const program = spec.argv[0]!;
  const ended = await machine.run(program, ["--version"]);
  if (ended === null) return broken(`${program}, which ${spec.path} starts, is gone`);
  const [, version] = ended.printed.match(/^deno (\d+\.\d+\.\d+)/m) ?? [];
  if (!ended.success || version === undefined) return broken(`${program} does not start`);
  const target = await Deno.realPath(program).catch(() => program);
  const owner = clearedBy(target);
  if (owner !== null) return broken(`${target} lies where ${owner} may remove it`);
  return [{ ...about, status: "ok", found: `Deno ${version} (${program})` }];
}
