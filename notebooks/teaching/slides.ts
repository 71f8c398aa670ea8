/** `deno task slides`: writes the slides of the lesson as one HTML file. */

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { helpText } from "../../lib/cli/help_text.ts";
import { parseFlags } from "../../lib/cli/parse_flags.ts";
import { runTask } from "../../lib/cli/run_task.ts";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { printableLines } from "../../lib/messages/shown.ts";
import { text } from "../../lib/options/option.ts";
import { slidesPage } from "./slides_page.ts";

const COMMAND = {
  name: "deno task slides",
  summary: "Writes the slides of the lesson, with numbers and figures of results/, as one file.",
  options: {
    out: text({ help: "the HTML file", otherwise: "out/slides.html of the project" }),
  },
};

/** Obeys a command line. */
async function writeSlides(args: readonly string[]): Promise<void> {
  const line = parseFlags(COMMAND, args);
  if (line === "help") {
    console.log(helpText(COMMAND));
    return;
  }
  const project = fileURLToPath(new URL("../..", import.meta.url));
  const out = resolve(line.values.out ?? `${project}/out/slides.html`);
  const markdown = await Deno.readTextFile(new URL("slides.md", import.meta.url));
  const page = await slidesPage(markdown, `${project}/results`);
  await Deno.mkdir(dirname(out), { recursive: true });
  await writeWholeFile(out, page);
  console.log(printableLines(`wrote ${out}; open it in a browser, and turn slides by arrow keys`));
}

if (import.meta.main) await runTask(writeSlides);
