/** The guide's table of the paper's figures: its notebooks, their sections and the commands are there. */

import assert from "node:assert/strict";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { parseHubName } from "../../lib/checkpoints/hub/hub_environment.ts";
import { nameList } from "../../lib/options/name_list.ts";
import { stepParts } from "../../lib/options/step_words.ts";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
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

Deno.test("the guide's commands name notebooks, models of the hub and steps that can be read", async () => {
  const notebooks = (await storedNotebooks()).map(({ name }) => name.replace(/^\d\d_/, ""));
  const commands = [...section.matchAll(/`deno task reproduce (--[^`]*)`/g)].map(([, rest]) =>
    rest!
  );
  assert.ok(commands.length >= 10);
  for (const command of commands) {
    const args = command.split(" ").map((word) => word.replace(/^"(.*)"$/, "$1"));
    const { values } = parseArgs({
      args,
      options: {
        ...{ only: { type: "string" }, model: { type: "string" }, steps: { type: "string" } },
        ...{ out: { type: "string" }, "allow-hub": { type: "boolean" } },
      },
    });
    assert.ok(notebooks.includes(values.only!), command);
    // The command takes a model of the hub with its flag alone.
    assert.equal(values["allow-hub"] ?? false, values.model !== undefined, command);
    if (values.steps !== undefined) assert.ok(stepParts(values.steps).length > 0);
    for (const model of nameList(values.model ?? "").filter((name) => name !== "")) {
      assert.match(parseHubName(model).repository, /^EleutherAI\/pythia-[\w.]+(-deduped)?$/);
    }
  }
});
