/** `deno task reference`: writes the reference of the command, README.md beside this file, from what is declared of its flags. */

import { DESCRIBE, MEASURE, MERGE } from "./commands.ts";
import { flagTable } from "./help_text.ts";
import type { Command } from "./parse_flags.ts";
import { RERUN } from "./rerun_command.ts";
import { WATCH } from "./watch_command.ts";

/** Every command, in the order in which the reference has them. */
export const COMMANDS: readonly Command[] = [MEASURE, WATCH, MERGE, RERUN, DESCRIBE];

/** The file that holds the reference. */
export const REFERENCE = new URL("./README.md", import.meta.url);

/** The reference with its tables of flags made anew, below the comments that name their commands. */
export function withFlagTables(text: string): string {
  return COMMANDS.reduce((page, command) => withTable(page, command), text);
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
  await Deno.writeTextFile(REFERENCE, withFlagTables(await Deno.readTextFile(REFERENCE)));
}
