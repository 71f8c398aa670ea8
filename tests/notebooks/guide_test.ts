/** The guide's table of the paper's figures: its notebooks, their sections and the commands are there. */

import assert from "node:assert/strict";
import { basename } from "node:path";
import { parseHubName } from "../../lib/checkpoints/hub/hub_name.ts";
import { stepParts } from "../../lib/options/step_words.ts";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { commandLine } from "../../notebooks/reproduce/reproduce.ts";
import { storedNotebooks } from "./stored_notebooks.ts";

const guide = await Deno.readTextFile(new URL("../../notebooks/README.md", import.meta.url));
const heading = "### Which notebook draws which figure of the paper\n";
const section = guide.slice(guide.indexOf(heading)).split(/\n## /)[0]!;
const rows = section.split("\n").filter((line) => line.startsWith("| ")).slice(2)
  .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));

/** The figures in the repository of the paper's authors. */
const FIGURES = [
  ...["Illustration", "NeuroMFA_Metrics", "Emergence_Large_Model", "metrics_all"],
  ...["metrics_all_normalized", "Emergence_Metric_VS_Conventional_Benchmarks", "standard"],
  ...["deduped", "Standard_vs_Deduped_Emergence_1.4b", "Emergence_vs_Model_Size", "more_layers"],
  ...["bert-large-uncased_NMFA", "bert-large-uncased_emergence", "Decreasing_Performance"],
  ...["CNN_ResNet_NMFA", "CNN_Emergence_Metric_VS_Conventional_Benchmarks"],
];

Deno.test("the guide has a row for every figure of the paper, with what moves and what differs", () => {
  const named = rows.map(([figure]) => figure!).join(" ");
  for (const figure of FIGURES) assert.ok(named.includes(`\`${figure}\``), figure);
  for (const row of rows) {
    assert.equal(row.length, 5, row.join(" | "));
    assert.ok(row.every((cell) => cell !== ""), row.join(" | "));
  }
});

Deno.test("the guide sends readers to sections that the notebooks have", async () => {
  const places = /\[\d\d\]\((\d\d_\w+)\.ipynb\)(?:, sections? (\d)(?: and (\d))?)?/g;
  let count = 0;
  for (const [, notebook] of rows) {
    for (const [, name, ...numbers] of notebook!.matchAll(places)) {
      const path = new URL(`../../notebooks/${name}.ipynb`, import.meta.url);
      const { cells } = parseNotebook(await Deno.readTextFile(path), basename(path.pathname));
      const text = cells.map(({ source }) => source).join("\n");
      for (const number of numbers.filter((number) => number !== undefined)) {
        assert.match(text, new RegExp(`^## ${number}\\. `, "m"), `${name}, section ${number}`);
        count++;
      }
    }
  }
  assert.ok(count >= 15);
});

/** The arguments of a command as a shell gives them. */
function shellWords(command: string): string[] {
  return command.trim().split(/\s+/).map((word) => word.replace(/^"(.*)"$/, "$1"));
}

Deno.test("the command reads the commands that the guide and the README quote, for notebooks that are there", async () => {
  const notebooks = (await storedNotebooks()).map(({ name }) => name.replace(/^\d\d_/, ""));
  const readme = await Deno.readTextFile(new URL("../../README.md", import.meta.url));
  const commands = [guide, readme].flatMap((text) =>
    [...text.matchAll(/deno(?:@[\d.]+)? task reproduce([^`#\n]*)/g)].map(([, rest]) => rest!)
  );
  assert.ok(commands.length >= 17);
  for (const command of commands) {
    const line = commandLine(command.trim() === "" ? [] : shellWords(command));
    assert.ok(line !== "help");
    const { only = [], model, steps, allowHub } = line.given;
    for (const name of only) assert.ok(notebooks.includes(name), command);
    const far = (model ?? []).filter((name) => name.startsWith("hf:"));
    // The command takes a model of the hub with its flag alone.
    assert.equal(allowHub ?? false, far.length > 0, command);
    if (steps !== undefined) assert.ok(stepParts(steps).length > 0);
    for (const name of far) {
      assert.match(parseHubName(name).repository, /^EleutherAI\/pythia-[\w.]+(-deduped)?$/);
    }
  }
});
