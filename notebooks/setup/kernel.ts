/**
 * `deno task kernel`: writes a specification of Deno's kernel for Jupyter and VS Code that goes on working when npm clears its
 * cache. `deno jupyter --install` run through npx writes one that points there.
 */

import { fileURLToPath } from "node:url";
import { helpText } from "../../lib/cli/help_text.ts";
import { parseFlags } from "../../lib/cli/parse_flags.ts";
import { onOff } from "../../lib/options/option.ts";
import { printableLines } from "../../lib/messages/shown.ts";
import { thisMachine } from "./machine.ts";
import { kernelLines, planKernel, writeKernel } from "./write_kernel.ts";

const COMMAND = {
  name: "deno task kernel",
  summary:
    "Writes a kernel of Deno for Jupyter and VS Code that lasts: where Deno runs from a cache, as with npx, it is " +
    "copied beside the kernel's specification.",
  options: { dryRun: onOff({ help: "write nothing, but say what would be written" }) },
};

/** Obeys a command line; returns its exit code. */
async function kernel(args: readonly string[]): Promise<number> {
  const line = parseFlags(COMMAND, args);
  if (line === "help") {
    console.log(helpText(COMMAND));
    return 0;
  }
  const dryRun = line.values.dryRun ?? false;
  const plan = await planKernel(thisMachine(fileURLToPath(new URL("../..", import.meta.url))));
  if (!dryRun) await writeKernel(plan);
  console.log(printableLines(kernelLines(plan, dryRun)));
  return 0;
}

if (import.meta.main) {
  try {
    Deno.exit(await kernel(Deno.args));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(printableLines(error.message));
    Deno.exit(1);
  }
}
