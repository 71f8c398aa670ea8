/** The cells of notebooks that need the hub, against one on this machine with tiny models of the names they open. */

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  collectOutputs,
  decodeFrames,
  type Output,
} from "../../notebooks/reproduce/collect_outputs.ts";
import type { Notebook } from "../../notebooks/reproduce/notebook.ts";
import { notebookModule } from "../../notebooks/reproduce/notebook_module.ts";
import { projectConfig } from "../../notebooks/reproduce/deno_process.ts";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { readTable } from "../../lib/files/read_table.ts";
import { type HubServer, serveModels } from "../helpers/hub_server.ts";
import { tinyBert, tinyMultiBert } from "../helpers/tiny_hub/bert.ts";
import { tinyPythia } from "../helpers/tiny_hub/pythia.ts";
import { tinyResNet } from "../helpers/tiny_hub/resnet.ts";
import { withFolder } from "../helpers/with_folder.ts";

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

async function stored(name: string): Promise<Notebook> {
  const path = file(`notebooks/${name}.ipynb`);
  return parseNotebook(await Deno.readTextFile(path), path);
}

/** Runs a notebook's cells as a headless run does, but with the hub to reach and its cache to write; what each showed. */
async function execute(
  notebook: Notebook,
  { url }: HubServer,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly (readonly Output[])[]> {
  const module = notebookModule(notebook);
  const cells = join(folder, "cells.ts");
  await Deno.writeTextFile(cells, module.text);
  const readable = "NEUROMFA_*,NODE_NDEBUG,HF_*,XDG_CACHE_HOME,HOME,USERPROFILE";
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-check", "--config", projectConfig],
      ...["--allow-read", `--allow-write=${folder}`, "--allow-net=127.0.0.1"],
      ...[`--allow-env=${readable}`, file("notebooks/reproduce/run_cells.ts")],
      ...[pathToFileURL(cells).href, "\u001e"],
    ],
    cwd: dirname(notebook.path),
    env: {
      NO_COLOR: "1",
      NEUROMFA_RESULTS: folder,
      HF_ENDPOINT: url,
      HF_HOME: join(folder, "hf"),
      ...environment,
    },
    stdin: "null",
  }).output();
  const [printed, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  const [told, warned] = [printed!, errors!].map((text) => decodeFrames(text, "\u001e"));
  const { outputs, reached, end } = collectOutputs(module.sources.length, told!, warned!);
  assert.deepEqual(end, { kind: "done" }, `code cell ${reached}: ${errors}`);
  return outputs;
}

/** What an output says as text. */
function textOf(output: Output): string {
  return output.output_type === "stream" ? output.text : String(output.data["text/plain"]);
}

/** The rows of a table that a cell showed, by column. */
function shownRows(output: Output): Record<string, string>[] {
  const [header, , ...lines] = textOf(output).split("\n").map((line) => line.trim().split(/ {2,}/));
  return lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])));
}

Deno.test("BERT, ResNet and MultiBERTs are measured by the names that notebook 17 opens", () =>
  withFolder(async (folder) => {
    const thousands = [0, 20, 100, 2000];
    const multiBerts = thousands.map(async (step) => [
      `google/multiberts-seed_0-step_${step}k`,
      await tinyMultiBert(step),
    ]);
    await using hub = serveModels({
      "google-bert/bert-base-uncased": await tinyBert(),
      "microsoft/resnet-18": await tinyResNet(),
      ...Object.fromEntries(await Promise.all(multiBerts)),
    });
    const notebook = await stored("17_other_architectures");
    const code = notebook.cells.filter(({ kind }) => kind === "code");
    // The rest asks for no hub and is run whenever results are reproduced.
    const cells = code.filter(({ source }, i) => i === 0 || /\bonline\b/.test(source));
    assert.equal(cells.length, 3);
    const environment = { NEUROMFA_HUB: "1" };
    const outputs = await execute({ ...notebook, cells }, hub, folder, environment);

    const [toldBert, bert, bertSamples, toldResNet, resNet, resNetSamples, ...others] = outputs[1]!;
    assert.deepEqual(others, []);
    for (const figure of [bertSamples, resNetSamples]) {
      assert.ok(figure!.output_type === "display_data" && "image/png" in figure!.data);
    }
    assert.equal(textOf(toldBert!), "hf:google-bert/bert-base-uncased: 46 tensors\n");
    assert.equal(textOf(toldResNet!), "hf:microsoft/resnet-18: 122 tensors\n");
    for (const shown of [bert, resNet]) {
      const rows = shownRows(shown!);
      assert.deepEqual(rows.map(({ sample }) => sample), ["0", "1", "2"]);
      for (const { "α₀": alpha0, width } of rows) {
        assert.ok(Number(alpha0) > 0 && Number(width) > 0, textOf(shown!));
      }
      assert.equal(new Set(rows.map((row) => row["α₀"])).size, 3, "all samples are the same");
    }

    const [emergence, ...more] = outputs[2]!;
    assert.deepEqual(more, []);
    const rows = shownRows(emergence!);
    assert.deepEqual(
      rows.map(({ step, samples_kept, status }) => [
        ...[Number(step), samples_kept],
        status!.startsWith("no interval: 3 samples kept"),
      ]),
      thousands.map((step) => [1000 * step, "3", true]),
    );
    assert.equal(rows[0]!.E, "0");
    assert.ok(Math.abs(Number(rows[3]!.E)) > 0.01, textOf(emergence!));
  }));

Deno.test("notebook 18 lays the steps of a Pythia on the hub over the published ones", () =>
  withFolder(async (folder) => {
    const repository = "EleutherAI/pythia-1.4b-deduped";
    const models = { [repository]: await tinyPythia([0, 1, 512, 1000, 3000, 4000, 143_000]) };
    await using hub = serveModels(models);
    const environment = { NEUROMFA_MODEL: `hf:${repository}` };
    await execute(await stored("18_replication"), hub, folder, environment);

    const rows = await readTable(join(folder, "tables/replication_emergence.csv"), {
      ...{ reading: "text", model: "text", step: "number", alpha0: "number", width: "number" },
      ...{ E: "number", eLow: "number", eHigh: "number", samplesKept: "number", status: "text" },
    });
    // Of the steps with a published point only these are there, and step 0 is what E compares with.
    const steps = [0, 1, 512, 1000, 3000, 143_000];
    const readings = [32, 64].flatMap((s) => [150, 200].map((to) => `${s} neurons, to ${to}`));
    assert.deepEqual(
      rows.map(({ reading, step, E }) => [reading, step, typeof E]),
      readings.flatMap((reading) => steps.map((step) => [reading, step, "number"])),
    );
    assert.equal(rows[0]!.E, 0);
    assert.ok(Math.abs(rows[5]!.E) > 0.01);
    const verdicts = await readTable(join(folder, "tables/replication.csv"), {
      ...{ reading: "text", measured: "text", published: "text", step: "number" },
      ...{ publishedE: "number", precision: "number", source: "text", E: "number?" },
      ...{ eLow: "number?", eHigh: "number?", difference: "number?", verdict: "text" },
    });
    assert.equal(verdicts.length, 4 * 26);
    for (const { step, verdict, published } of verdicts) {
      assert.equal(published, "pythia-1.4b-deduped");
      assert.equal(verdict === "not measured", !steps.includes(step));
    }
    const figure = await Deno.readTextFile(join(folder, "figures/replication.svg"));
    assert.match(
      figure,
      />E of pythia-1\.4b-deduped, beside that published of Pythia-1\.4b</,
    );
  }));
