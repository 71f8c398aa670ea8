import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { readableBytes } from "../../lib/checkpoints/hub/readable.ts";
import { NOTEBOOK_READS, notebookRequests, readsOf } from "../../lib/display/notebook_reads.ts";
import { nameList } from "../../lib/options/name_list.ts";
import { NAMED_STEPS } from "../../lib/options/step_words.ts";
import type { Transfer } from "../../lib/options/values.ts";
import { HubModels, type HubPlan, type ReadingCost } from "../../notebooks/reproduce/hub_plan.ts";
import { cellsOf } from "../../notebooks/reproduce/plan_lines.ts";
import { commandLine } from "../../notebooks/reproduce/reproduce.ts";
import { serveModels } from "../helpers/hub_server.ts";
import { PYTHIA_SIZES, pythiaLayout, type PythiaSize } from "../helpers/pythia_layouts.ts";
import { withEnvironment } from "../helpers/with_environment.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** The rows of the table in a page of the project whose first column has this title. */
async function tableIn(page: string, title: string): Promise<string[][]> {
  const path = fileURLToPath(new URL(`../../${page}`, import.meta.url));
  const lines = (await Deno.readTextFile(path)).split("\n").map((line) => line.trim());
  const first = lines.findIndex((line) => line.startsWith(`| ${title} `));
  assert.ok(first >= 0, `${page} has no table of ${title}`);
  const end = lines.findIndex((line, i) => i > first && !line.startsWith("|"));
  return lines.slice(first + 2, end).map((line) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim())
  );
}

/** What notebooks read of a Pythia of its real size, at 200 Mbit/s and 0.1 s a request. */
async function planOf(
  size: PythiaSize,
  notebooks: string[],
  steps?: string,
  transfer: Transfer = "balanced",
): Promise<HubPlan> {
  const all = [...NAMED_STEPS.published, 5000];
  await using hub = serveModels(
    { [`EleutherAI/pythia-${size}-deduped`]: pythiaLayout(size, all) },
    { pageSize: 1000 },
  );
  let plan: HubPlan | undefined;
  await withFolder((folder) =>
    withEnvironment({ HF_ENDPOINT: hub.url, HF_HOME: folder }, async () => {
      const models = await HubModels.open({
        ...{ notebooks, models: nameList(`hf:EleutherAI/pythia-${size}-deduped`), steps },
        ...{ transfer, bandwidth: 25e6 },
      }, () => {});
      plan = await models.plan();
    })
  );
  return plan!;
}

/** What some steps cost, the 27 published ones unless given, from two: each costs the same. */
function ofSteps(ofTwo: ReadingCost, count = 27): ReadingCost {
  const costs = Object.entries(ofTwo).map(([name, value]) => [name, count / 2 * value]);
  return Object.fromEntries(costs) as unknown as ReadingCost;
}

const plans = new Map<PythiaSize, Promise<HubPlan>>();

/** What all rows of two steps cost: whoever reads the full network at all steps reads all that others do. */
async function twoSteps(size: PythiaSize): Promise<ReadingCost> {
  if (!plans.has(size)) plans.set(size, planOf(size, ["sampling_bias"], "0,143000"));
  return (await plans.get(size)!).total;
}

Deno.test("the guide says what all notebooks move of each size of Pythia, and the README of one", async () => {
  const table = await tableIn("notebooks/README.md", "Pythia, deduplicated");
  const readme = await Deno.readTextFile(new URL("../../README.md", import.meta.url));
  const [, quoted] = readme.match(/pythia-1\.4b-deduped --allow-hub` moves ([^,]+),/)!;
  assert.equal(quoted!.replace("\n", " "), table.find(([size]) => size === "1.4b")![1]);
  assert.deepEqual(table.map(([size]) => size), PYTHIA_SIZES);
  for (const [size, bytes, time] of table) {
    const [moved, , , took] = cellsOf(ofSteps(await twoSteps(size as PythiaSize)));
    assert.deepEqual([bytes, time], [moved, took], `${size}`);
  }
});

Deno.test("the guide says what each notebook moves of Pythia-1.4b", async () => {
  const table = await tableIn("notebooks/README.md", "alone, on pythia-1.4b-deduped");
  const rows = table.flatMap(([names, ...cells]) =>
    names!.split(", ").map((name) => [name, ...cells] as const)
  );
  const quick = rows.map(([name]) => name).filter((name) => name !== "18");
  const { notebooks } = await planOf("1.4b", quick.map((number) => NAMES[Number(number) - 1]!));
  notebooks.forEach((cost, i) => {
    const [bytes, , requests, time] = cellsOf(cost);
    assert.deepEqual(rows.find(([name]) => name === quick[i])!.slice(1), [bytes, requests, time]);
  });
  // Ten samples of two sizes take a while to be planned at each step.
  const { total } = await planOf("1.4b", ["replication"], "0,143000");
  const [bytes, , requests, time] = cellsOf(ofSteps(total));
  assert.deepEqual(rows.find(([name]) => name === "18")!.slice(1), [bytes, requests, time]);
});

Deno.test("the guide says what the command of each of the paper's figures moves", async () => {
  const replication = (await tableIn("notebooks/README.md", "alone, on pythia-1.4b-deduped"))
    .find(([names]) => names === "18")![1];
  let count = 0;
  for (const [figure, , command, moves] of await tableIn("notebooks/README.md", "figure")) {
    const [, quoted] = /`deno task reproduce ([^`]*)`/.exec(command!) ?? [];
    if (quoted === undefined) {
      assert.match(moves!, /^none$/, figure!);
      continue;
    }
    const line = commandLine(quoted.split(" ").map((word) => word.replaceAll('"', "")));
    assert.ok(line !== "help");
    const { only: [notebook], model, steps } = line.given as {
      only: string[];
      model: string[];
      steps?: string;
    };
    count++;
    if (notebook === "replication") {
      assert.equal(moves, replication, figure!);
      continue;
    }
    const chosen = steps?.split(",").map(Number) ?? NAMED_STEPS.published;
    const { size: read } = await notebookRequests(
      readsOf(notebook!)!,
      { steps: chosen } as unknown as CheckpointRun,
    );
    let bytes = 0;
    for (const name of model) {
      const [, size] = /pythia-([\d.]+[mb])/.exec(name)!;
      bytes += ofSteps(await twoSteps(size as PythiaSize), read).bytes;
    }
    assert.equal(moves, readableBytes(bytes), figure!);
  }
  assert.ok(count >= 10);
});

const NAMES = Object.keys(NOTEBOOK_READS);

Deno.test("fewer bytes cost more requests and more time", async () => {
  const [balanced, fewest] = await Array.fromAsync(
    ["balanced", "fewest-bytes"] as const,
    async (transfer) => (await planOf("410m", ["replication"], "0,143000", transfer)).total,
  );
  assert.ok(fewest!.bytes <= 1.1 * fewest!.kept && balanced!.bytes > 1.5 * fewest!.bytes);
  assert.ok(fewest!.requests > 10 * balanced!.requests && fewest!.seconds > balanced!.seconds);
  assert.equal(balanced!.kept, fewest!.kept);
});
