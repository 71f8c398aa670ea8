/** `deno task class --out DIR`: writes a copy of the notebooks for students. */

import { fileURLToPath } from "node:url";
import { readableBytes } from "../../lib/checkpoints/hub/readable.ts";
import { helpText } from "../../lib/cli/help_text.ts";
import { FlagError, parseFlags } from "../../lib/cli/parse_flags.ts";
import { runTask } from "../../lib/cli/run_task.ts";
import { printableLines } from "../../lib/messages/shown.ts";
import { names, text } from "../../lib/options/option.ts";
import { copyForClass } from "./class_copy.ts";

const COMMAND = {
  name: "deno task class",
  summary:
    "Writes a copy for students: notebooks without outputs and solutions, what they need to run, and nothing that git tracks.",
  words: { option: "notebooks", called: "NOTEBOOK" },
  options: {
    notebooks: names({
      help: "which notebooks, such as 01 or first_look",
      otherwise: "all",
    }),
    out: text({ help: "the folder, outside the project; it must not be there yet, or be empty" }),
  },
};

/** Obeys a command line. */
async function writeCopy(args: readonly string[]): Promise<void> {
  const line = parseFlags(COMMAND, args);
  if (line === "help") {
    console.log(helpText(COMMAND));
    return;
  }
  const { notebooks: wanted = [], out } = line.values;
  if (out === undefined) {
    throw new FlagError("no folder is named: deno task class --out ../class");
  }
  const project = fileURLToPath(new URL("../..", import.meta.url));
  const { notebooks, models, bytes } = await copyForClass(project, wanted, out);
  console.log(printableLines(
    `wrote ${counted(notebooks.length, "notebook")} and ${
      counted(models.length, "bundled model")
    } ` +
      `to ${out} (${readableBytes(bytes)})`,
  ));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

if (import.meta.main) await runTask(writeCopy);
