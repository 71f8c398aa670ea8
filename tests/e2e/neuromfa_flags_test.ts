import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOf } from "../../lib/cli/commands.ts";
import { parseCsv } from "../../lib/files/csv.ts";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { isFull } from "../../lib/runs/analysis_options.ts";
import { Measurement } from "../../lib/runs/measurement.ts";
import { analyzeRun } from "../../lib/runs/units/analyze_run.ts";
import { medianLength } from "../../lib/networks/median_length.ts";
import { openModelNetworks } from "../../lib/runs/store/model_networks.ts";
import { measureLine } from "../cli/measure_line.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { filesBelow, neuromfa } from "./neuromfa_command.ts";

const run = await syntheticRun("pythia-14m", [0, 512, 1000]);

/** What the analysis makes of a command line; a small sample, two steps and few orders unless it says otherwise. */
async function analyzed(...args: readonly string[]): Promise<Measurement> {
  const sampling = args.includes("full") ? [] : ["sample_num=1", "layer_sample=24"];
  const usual = [...sampling, "q=-2:2:0.5", "steps=0,1000"]
    .map((flag) => `--${flag}`).filter((flag) => !args.includes(flag.split("=")[0]!));
  const line = measureLine(...usual, ...args, "--models", run);
  let found: Measurement | undefined;
  await withFolder(async (out) => {
    const options = analysisOf(line);
    const place = { out, store: join(out, "none"), steps: line.values.steps };
    found = new Measurement(await analyzeRun(run, { options }, place), out);
  });
  return found!;
}

const plain = await analyzed();
const reference = await analyzed("--convention", "reference");

Deno.test("--steps measures these steps only", async () => {
  const { emergence, record } = await analyzed("--steps", "1000,0");
  assert.deepEqual(emergence.map(({ step }) => step), [0, 1000]);
  assert.deepEqual(record.checkpoints.map(({ step }) => step), [0, 1000]);
  const { emergence: all } = await analyzed("--steps", "0,512,1000");
  assert.deepEqual(all.map(({ step }) => step), [0, 512, 1000]);
  await assert.rejects(analyzed("--steps", "0,7"), /step 7 of pythia-14m is not there/);
  await assert.rejects(analyzed("--steps", "512"), /cannot be measured without step 0/);
});

Deno.test("--sample_num measures so many samples of each step, the first as before", async () => {
  const { samples } = await analyzed("--sample_num", "2");
  assert.deepEqual(samples.map(({ step, sample }) => [step, sample]), [
    [0, 0],
    [0, 1],
    [1000, 0],
    [1000, 1],
  ]);
  assert.deepEqual(samples[0], plain.samples[0]);
  await assert.rejects(
    analyzed("--sample_num", "0"),
    /^FlagError: --samples must be an integer from 1 to 100000, or auto, but it is 0$/,
  );
});

Deno.test("--layer_sample draws so many neurons from each layer", async () => {
  // Of each of 6 blocks: input, three of query, key and value, attention, feed-forward input, two inside.
  assert.equal(plain.samples[0]!.nodes, 6 * 8 * 24);
  assert.equal((await analyzed("--layer_sample", "16")).samples[0]!.nodes, 6 * 8 * 16);
});

Deno.test("--threshold as a length leaves out longer edges", async () => {
  const radii = async (threshold: string) =>
    (await analyzed("--threshold", threshold)).samples.map(({ radii }) => radii);
  // Rounded lengths go from 1 or 2 to the threshold.
  for (const count of await radii("60")) assert.ok(count <= 60 && count > 50, `${count}`);
  for (const count of await radii("120.4")) assert.ok(count <= 120 && count > 100, `${count}`);
  await assert.rejects(
    analyzed("--threshold", "0.5"),
    /^FlagError: --threshold must be a length above 1 such as 150, .*, but it is 0\.5$/,
  );
});

Deno.test("--threshold in medians follows the untrained network", async () => {
  const { record, spectra } = await analyzed("--threshold", "2m");
  const options = analysisOf(measureLine("--sample_num", "1", "--layer_sample", "24"));
  assert.ok(!isFull(options));
  const opened = await openModelNetworks(run, options, "none");
  const untrained = await Array.fromAsync(opened.networks([0]), ({ network }) => network);
  assert.equal(record.threshold, 2 * medianLength(untrained));
  const { spectra: same } = await analyzed("--threshold", `${record.threshold}`);
  assert.deepEqual(spectra, same);
});

Deno.test("--digits rounds lengths to so many decimals, which makes more radii", async () => {
  const { samples } = await analyzed("--digits", "1");
  assert.ok(samples[0]!.radii > 5 * plain.samples[0]!.radii);
  await assert.rejects(
    analyzed("--digits", "10"),
    /--digits must be an integer from 0 to 9, but it is 10$/,
  );
});

Deno.test("--q measures these orders", async () => {
  const { spectra } = await analyzed("--q", "-5:5:0.25");
  const own = spectra.filter(({ step }) => step === 0).map(({ q }) => q);
  assert.deepEqual(own, [...qGrid({ min: -5, max: 5, step: 0.25 })]);
  await assert.rejects(analyzed("--q", "3:-3:0.1"), /q grid 3:-3:0.1 does not ascend/);
});

Deno.test("--convention corrected reads alpha_0 at q = 0 and keeps all edges, reference does as published", () => {
  const edges = { corrected: 6 * (24 * 384 + 24 + 48 * 128 + 24 * 128 + 24 * 512 + 48 * 128) };
  const published = 6 * (24 * 72 + 24 + 48 * 24 + 24 * 24 + 24 * 48 + 48 * 24);
  assert.equal(plain.samples[0]!.edges, edges.corrected);
  assert.equal(reference.samples[0]!.edges, published);
  for (const { alpha0, alpha0Analytic } of plain.samples) {
    assert.equal(alpha0, alpha0Analytic);
  }
  for (const { step, alpha0, alpha0Index } of reference.samples) {
    const own = reference.spectra.filter((row) => row.step === step);
    assert.equal(alpha0, own[alpha0Index!]!.alpha);
  }
});

Deno.test("--alpha0 chooses how alpha_0 is read and changes nothing else", async () => {
  const { samples, spectra } = await analyzed("--alpha0", "argmax");
  assert.deepEqual(spectra, plain.spectra);
  assert.notEqual(samples[0]!.alpha0, plain.samples[0]!.alpha0);
  assert.equal(samples[0]!.alpha0Analytic, plain.samples[0]!.alpha0);
});

Deno.test("--edges chooses which out-edges are kept", async () => {
  const { samples } = await analyzed("--edges", "sampled");
  assert.equal(samples[0]!.edges, reference.samples[0]!.edges);
  const all = await analyzed("--convention", "reference", "--edges", "all");
  assert.equal(all.samples[0]!.edges, plain.samples[0]!.edges);
});

Deno.test("--qkv chooses which rows are a neuron's query, key and value, which matters where edges are sampled", async () => {
  const perHead = await analyzed("--convention", "reference", "--qkv", "per-head");
  assert.equal(perHead.samples[0]!.edges, reference.samples[0]!.edges);
  assert.notEqual(perHead.spectra[0]!.tau, reference.spectra[0]!.tau);
  const sampled = await analyzed("--edges", "sampled");
  assert.deepEqual(perHead.spectra, sampled.spectra);
});

Deno.test("--filter_mode drops samples, and the table says why there is no E", async () => {
  const strict = await analyzed("--filter_mode", "1", "--filter_tolerance", "0", "--q", "-3:3:0.1");
  const dropped = strict.samples.filter(({ filtered }) => filtered).map(({ step }) => step);
  assert.ok(dropped.length > 0);
  for (const { step, E, status } of strict.emergence) {
    if (!dropped.includes(step)) continue;
    assert.ok(Number.isNaN(E));
    assert.match(status, /none of 1 samples kept: 1 that fail filter mode 1/);
  }
});

Deno.test("--filter_tolerance lets rounding pass in filter modes 1 and 3", async () => {
  const lax = await analyzed("--filter_mode", "1", "--filter_tolerance", "1e-9", "--q", "-3:3:0.1");
  assert.deepEqual(lax.samples.map(({ filtered }) => filtered), [false, false]);
  assert.equal(lax.emergence.every(({ E }) => Number.isFinite(E)), true);
  await assert.rejects(
    analyzed("--filter_tolerance=-1"),
    /--filter_tolerance must be a finite number from 0, but it is -1$/,
  );
});

Deno.test("--distance path measures along paths, --path_layers so many layers ahead", async () => {
  const two = await analyzed("--edges", "sampled", "--distance", "path");
  const one = await analyzed("--edges", "sampled", "--distance", "path", "--path_layers", "1");
  const edges = await analyzed("--edges", "sampled");
  assert.deepEqual(one.spectra, edges.spectra);
  assert.notDeepEqual(two.spectra, edges.spectra);
  assert.ok(!isFull(two.record.options));
  assert.equal(two.record.options.pathLayers, 2);
});

Deno.test("--skip_existing leaves tables and networks alone that are there and the same", () =>
  withFolder(async (folder) => {
    const small = [
      "--sample_num",
      "1",
      "--layer_sample",
      "16",
      "--steps",
      "0",
      "--edges",
      "sampled",
    ];
    const where = ["--out", join(folder, "out"), "--networks", join(folder, "networks")];
    const again = (stage: string, ...more: string[]) =>
      neuromfa("--stage", stage, "--models", run, "--skip_existing", ...small, ...where, ...more);
    const inodes = async () => {
      const paths = [...(await filesBelow(folder)).keys()];
      return await Promise.all(
        paths.map(async (path) => (await Deno.stat(join(folder, path))).ino),
      );
    };
    assert.match((await again("extract")).stdout, /wrote 1 networks to/);
    assert.match((await again("analyze")).stdout, /wrote .*E_pythia-14m\.csv/);
    const before = await inodes();
    assert.match((await again("extract")).stdout, /wrote 0 networks to .*, 1 were there/);
    const { stdout, code } = await again("analyze");
    assert.equal(code, 0);
    assert.match(stdout, /E_pythia-14m\.csv was there, of the same checkpoints and options/);
    assert.match(stdout, / 0 +\d\.\d{4}/);
    assert.deepEqual(await inodes(), before);
    assert.match((await again("analyze", "--digits", "1")).stdout, /wrote .*E_pythia-14m\.csv/);
  }));

Deno.test("--distance path counts neurons that paths reach, over --path_layers layers", async () => {
  const edge = plain.samples[0]!, one = await analyzed("--distance", "path", "--path_layers", "1");
  assert.equal(one.samples[0]!.alpha0, edge.alpha0);
  const two = await analyzed("--distance", "path");
  assert.notEqual(two.samples[0]!.alpha0, edge.alpha0);
  assert.ok(!isFull(two.record.options));
  assert.equal(two.record.options.pathLayers, 2);
  await assert.rejects(analyzed("--path_layers", "2"), /only --distance "path"/);
});

Deno.test("--layers and --roles measure only the neurons of these layers", async () => {
  const inputs = await analyzed("--roles", "block input");
  assert.equal(inputs.samples[0]!.nodes, 6 * 24);
  assert.equal(inputs.samples[0]!.edges, 6 * 24 * 384);
  const { samples, record } = await analyzed(
    ...["--layers", "block 0 block input,block 1 query, key, value", "--roles", "block input"],
  );
  assert.equal(samples[0]!.nodes, 6 * 24 + 72);
  assert.deepEqual(
    [record.options.layers, record.options.roles],
    [["block 0 block input", "block 1 query, key, value"], ["block input"]],
  );
  await assert.rejects(analyzed("--roles", "input"), /the name or role "input"; did you mean/);
  await assert.rejects(
    analyzed("--roles", "block input", "--distance", "path"),
    /only some layers can be measured by --distance "edge"/,
  );
});

Deno.test("--network full measures every neuron, and its layers alone with --roles", async () => {
  const full = await analyzed("--network", "full");
  assert.deepEqual(full.samples.map(({ step, sample }) => [step, sample]), [
    [0, "full"],
    [1000, "full"],
  ]);
  assert.equal(full.samples[0]!.nodes, 6 * 10 * 128);
  assert.ok(full.spectra.every(({ sample }) => sample === "full"));
  assert.deepEqual(full.emergence.map(({ status }) => status), [
    ...Array(2).fill("no interval: the full network is no sample"),
  ]);
  assert.ok(full.emergence[1]!.E !== 0);
  const { samples: [inputs] } = await analyzed("--network", "full", "--roles", "block input");
  assert.equal(inputs!.nodes, 6 * 128);
  assert.equal(inputs!.edges, 6 * 128 * 384);
});

Deno.test("--nfd_threshold decides which edges count for node fractal dimensions, and nothing else", () =>
  withFolder(async (out) => {
    const usual = ["--models", run, "--sample_num", "1", "--layer_sample", "24", "--steps", "0"];
    const tables = async (name: string, ...args: string[]) => {
      const ended = await neuromfa(...usual, ...args, "--out", join(out, name));
      assert.equal(ended.code, 0, ended.stderr);
      const read = (path: string) => Deno.readTextFile(join(out, name, path));
      return [
        await read("nfd/pythia-14m/nfd_pythia-14m_step0_sample0.csv"),
        await read("emergence/pythia-14m/spectra.csv"),
      ] as const;
    };
    const [nodes, spectra] = await tables("usual");
    const [fewer, same] = await tables("fewer", "--nfd_threshold", "30");
    assert.equal(same, spectra);
    const edges = (table: string) =>
      parseCsv(table, "nfd").reduce((sum, row) => sum + Number(row["edges"]), 0);
    assert.ok(edges(fewer) < edges(nodes));
  }));

Deno.test("--metrics chooses the scores drawn beside E, and --evals says where they are", () =>
  withFolder(async (out) => {
    const evals = join(out, "evals");
    for (const step of [0, 1000]) {
      const results = Object.fromEntries(
        ["piqa", "sciq"].map((
          task,
        ) => [task, { "acc,none": step / 2000, "acc_stderr,none": 0.01 }]),
      );
      await writeWholeFile(
        join(evals, `pythia-14m_step${step}.json`),
        JSON.stringify({ results }),
      );
    }
    const usual = [
      "--models",
      run,
      "--sample_num",
      "1",
      "--layer_sample",
      "24",
      "--steps",
      "0,1000",
    ];
    const figure = join(out, "emergence/figures_metrics/emergence_and_scores_pythia-14m.svg");
    const analyze = await neuromfa(...usual, "--out", out);
    assert.equal(analyze.code, 0, analyze.stderr);
    const draw = (...args: string[]) =>
      neuromfa(...usual, "--stage", "visualize", ...args, "--out", out);
    const one = await draw("--evals", evals, "--metrics", "piqa");
    assert.equal(one.code, 0, one.stderr);
    const svg = await Deno.readTextFile(figure);
    assert.match(svg, /piqa/);
    assert.doesNotMatch(svg, /sciq/);
    await draw("--evals", evals, "--metrics", "piqa", "sciq");
    assert.match(await Deno.readTextFile(figure), /sciq/);
    const unknown = await draw("--evals", evals, "--metrics", "piqo");
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /piqo.*did you mean piqa/);
  }));
