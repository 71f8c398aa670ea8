/** `deno task reference`: writes the references of the commands, pages beside them, from what is declared of their flags. */

import { DESCRIBE, MEASURE, MERGE } from "./commands.ts";
import { flagTable } from "./help_text.ts";
import type { Command } from "./parse_flags.ts";
import { RERUN } from "./rerun_command.ts";
import { CLUSTER, SLURM_STATUS } from "./slurm/slurm_commands.ts";
import { WATCH } from "./watch_command.ts";

/** The pages that hold references, and the commands of each. */
export const REFERENCES: readonly { readonly page: URL; readonly commands: readonly Command[] }[] =
  [
    {
      page: new URL("./README.md", import.meta.url),
      commands: [MEASURE, WATCH, MERGE, RERUN, DESCRIBE],
    },
    { page: new URL("./slurm/README.md", import.meta.url), commands: [CLUSTER, SLURM_STATUS] },
  ];

/** A page with its tables of flags made anew, below the comments that name their commands. */
export function withFlagTables(text: string, commands: readonly Command[]): string {
  return commands.reduce(withTable, text);
}

function withTable(page: string, command: Command): string {
  const [start, end] = [`<!-- flags of ${command.name} -->`, `<!-- end of flags -->`];
  const from = page.indexOf(start), to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`the reference has no lines ${start} and ${end}`);
  // A page takes <name> for a tag.
  const table = flagTable(command).replaceAll("<", "\\<");
  return `${page.slice(0, from + start.length)}\n\n${table}\n${page.slice(to)}`;
}

if (import.meta.main) {
  for (const { page, commands } of REFERENCES) {
    await Deno.writeTextFile(page, withFlagTables(await Deno.readTextFile(page), commands));
  }
}
