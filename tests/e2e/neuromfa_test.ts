import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { excessEmergence } from "../../lib/emergence/excess_emergence.ts";
import { nullRun } from "../../lib/emergence/null_models/null_checkpoint.ts";
import { multifractalSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { readModelTables } from "../../lib/runs/tables.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { type Ended, filesBelow, neuromfa, sourceless } from "./neuromfa_command.ts";

const sampling = [
  ...["--layer_sample", "24", "--threshold", "120", "--q", "-5:5:0.25"],
  ...["--sample_num", "2", "--convention", "reference"],
];

/** The digests of all files below a folder, by path; of records without what their checkpoints were found by. */
async function digests(folder: string): Promise<Record<string, string>> {
  const digest = (bytes: Uint8Array) =>
    createHash("sha256").update(withoutSource(bytes)).digest("hex");
  return Object.fromEntries(
    [...await filesBelow(folder)].map(([path, bytes]) => [path, digest(bytes)]),
  );
}

/** A file's bytes; a record of tables of E without its source. */
function withoutSource(bytes: Uint8Array): Uint8Array | string {
  if (bytes[0] !== 0x7b) return bytes;
  return sourceless(new TextDecoder().decode(bytes));
}

function assertSuccess({ code, stderr }: Ended): void {
  assert.equal(code, 0, stderr);
}

Deno.test("all stages at once write networks, tables and figures, and each stage alone the same bytes", () =>
  withFolder(async (folder) => {
    const run = await syntheticRun("pythia-14m", [0, 1000]);
    const at = (name: string) => [
      ...["--out", join(folder, name, "out"), "--networks", join(folder, name, "networks")],
    ];
    const all = await neuromfa("--stage", "all", "--models", run, ...sampling, ...at("all"));
    assertSuccess(all);
    const record = join(folder, "all", "out", "emergence", "pythia-14m", "run.json");
    const { source } = JSON.parse(await Deno.readTextFile(record));
    const words = ["--stage", "all", "--models", run, ...sampling, ...at("all")];
    assert.deepEqual(source, { name: run, command: `deno task neuromfa ${words.join(" ")}` });
    const files = await digests(join(folder, "all"));
    const steps = ["step0", "step1000"];
    const expected = [
      ...steps.flatMap((step) =>
        ["networks.json", "sample0.npy", "sample1.npy"]
          .map((file) => `networks/pythia-14m/${step}/${file}`)
      ),
      "out/emergence/E_pythia-14m.csv",
      ...["run.json", "samples.csv", "spectra.csv"].map((file) =>
        `out/emergence/pythia-14m/${file}`
      ),
      ...["emergence", "mass_exponent", "spectra"].flatMap((figure) =>
        ["png", "svg"].map((type) => `out/figures/pythia-14m/${figure}.${type}`)
      ),
    ];
    const others = Object.keys(files).filter((path) => !expected.includes(path));
    assert.deepEqual(expected.filter((path) => !(path in files)), []);
    for (const path of others) assert.match(path, /^out\/nfd\/pythia-14m\//);

    const { emergence, spectra } = await readModelTables(join(folder, "all/out"), "pythia-14m");
    assert.deepEqual(
      emergence.map(({ step, samplesKept, status }) => [step, samplesKept, status]),
      [
        [0, 2, "no interval: 2 samples kept at this step or step 0, and it needs 5"],
        [1000, 2, "no interval: 2 samples kept at this step or step 0, and it needs 5"],
      ],
    );
    assert.equal(emergence[0]!.E, 0);
    assert.equal(spectra.length, 2 * 2 * 41);
    const printed = all.stdout.split("\n");
    assert.ok(printed.includes("pythia-14m: degree of emergence E with its 95 % interval"));
    assert.ok(printed.some((line) => line.includes(emergence[1]!.E.toFixed(4))));
    assert.match(all.stderr, /measuring pythia-14m =+ 4\/4 networks/);
    assert.match(all.stdout, /no scores of pythia-14m are known here, so E is drawn alone/);

    const extract = ["--stage", "extract", "--models", run, ...sampling, ...at("stages")];
    assertSuccess(await neuromfa(...extract));
    // From here on the networks alone do: the model is named, not its checkpoints.
    for (const stage of ["preprocess", "analyze", "visualize"]) {
      const args = ["--stage", stage, "--models", "pythia-14m", ...sampling, ...at("stages")];
      assertSuccess(await neuromfa(...args));
    }
    assert.deepEqual(await digests(join(folder, "stages")), files);
  }));

Deno.test("twice gives the same bytes, however the folders of the steps are named", () =>
  withFolder(async (folder) => {
    const run = await syntheticRun("pythia-14m", [0, 1000]);
    const out = (name: string) => join(folder, name);
    const analyze = (name: string) =>
      neuromfa(
        ...["--models", run, ...sampling, "--out", out(name), "--networks", join(folder, "none")],
      );
    assertSuccess(await analyze("first"));
    const files = await digests(out("first"));
    assert.ok(Object.keys(files).length >= 4);
    const again = await analyze("first");
    assertSuccess(again);
    assert.deepEqual(await digests(out("first")), files);
    await Deno.rename(join(run, "step0"), join(run, "checkpoint-0"));
    await Deno.rename(join(run, "step1000"), join(run, "step-1000"));
    assertSuccess(await analyze("renamed"));
    assert.deepEqual(await digests(out("renamed")), files);
  }));

Deno.test("several models are measured one after the other, each under its name", () =>
  withFolder(async (folder) => {
    const run = await syntheticRun("pythia-14m", [0]);
    const twin = join(folder, "twin");
    await Deno.mkdir(join(twin, "step0"), { recursive: true });
    for (const file of ["config.json", "model.safetensors"]) {
      await Deno.copyFile(join(run, "step0", file), join(twin, "step0", file));
    }
    const out = join(folder, "out");
    const where = ["--out", out, "--networks", join(folder, "none")];
    assertSuccess(await neuromfa("--models", `${run},${twin}`, ...sampling, ...where));
    const files = await filesBelow(join(out, "emergence"));
    assert.deepEqual(files.get("E_twin.csv"), files.get("E_pythia-14m.csv"));
    assert.deepEqual(files.get("twin/spectra.csv"), files.get("pythia-14m/spectra.csv"));
    const same = await neuromfa("--models", `${run},${run}`, ...sampling, ...where);
    assert.equal(same.code, 1);
    assert.match(same.stderr, /are both named pythia-14m in tables; rename one folder/);
  }));

/** Assert that the command refuses with one sentence, without a trace, and leaves nothing behind. */
async function assertRefused(args: readonly string[], sentence: RegExp): Promise<void> {
  await withFolder(async (folder) => {
    const out = join(folder, "out");
    const store = join(folder, "networks");
    const { code, stdout, stderr } = await neuromfa(...args, "--out", out, "--networks", store);
    assert.equal(code, 1, stderr);
    assert.match(stderr, sentence);
    // Progress may come before; the sentence is the last line and there is no trace.
    assert.doesNotMatch(stderr, /^\s+at |\bundefined\b|error:/m);
    assert.match(stderr.trim().split("\n").at(-1)!, sentence);
    assert.equal(stdout, "");
    assert.deepEqual([...(await filesBelow(out)).keys()], []);
  });
}

Deno.test("a folder that is not there, or is no run, is refused by name", () =>
  withFolder(async (folder) => {
    const missing = join(folder, "gone");
    await assertRefused(["--models", missing], new RegExp(`^${missing}`));
    await Deno.writeTextFile(join(folder, "notes.txt"), "nothing");
    await assertRefused(
      ["--models", folder],
      new RegExp(`^${folder} has no checkpoints: looked for folders named step1000, .*notes\\.txt`),
    );
  }));

Deno.test("a last step without its weights is left out with a warning, and refused by --strict", async () => {
  const run = await syntheticRun("pythia-14m", [0, 1000]);
  await Deno.remove(join(run, "step1000", "model.safetensors"));
  await withFolder(async (folder) => {
    const at = ["--out", join(folder, "out"), "--networks", join(folder, "none")];
    const usual = await neuromfa("--models", run, ...sampling, ...at);
    assertSuccess(usual);
    assert.match(
      usual.stderr,
      /^warning: step 1000 of pythia-14m is left out, for it is only half written: .*step1000 is no checkpoint/m,
    );
    assert.match(usual.stdout, /^ +0 +\d/m);
  });
  await assertRefused(
    ["--models", run, "--strict"],
    /step1000 is no checkpoint: looked for model\.safetensors, .* found config\.json/,
  );
});

Deno.test("a truncated file is refused by name where its step is asked for", async () => {
  const run = await syntheticRun("pythia-14m", [0, 1000]);
  await Deno.truncate(join(run, "step1000", "model.safetensors"), 1_000_000);
  const steps = ["--steps", "0,1000"];
  await assertRefused(["--models", run, ...sampling, ...steps], /step1000\/model\.safetensors/);
});

Deno.test("a header that lies is refused by the name of its file", async () => {
  const run = await syntheticRun("pythia-14m", [0]);
  const path = join(run, "step0", "model.safetensors");
  const tensor = { dtype: "F16", shape: [384, 128], data_offsets: [0, 12] };
  const header = { "gpt_neox.layers.0.attention.query_key_value.weight": tensor };
  await Deno.writeFile(path, safetensorsBytes(header, 12));
  await assertRefused(["--models", run], /step0\/model\.safetensors.*query_key_value/);
  await Deno.writeFile(path, safetensorsBytes(header, 12, 2n ** 62n));
  await assertRefused(["--models", run], /step0\/model\.safetensors/);
});

Deno.test("a baseline that a run lacks is refused with the steps there are", async () => {
  await assertRefused(
    ["--models", await syntheticRun("pythia-14m", [512, 1000]), "--baseline", "0"],
    /^pythia-14m cannot be measured without step 0: E compares every step with the untrained model; steps in .*: 512, 1000$/m,
  );
});

Deno.test("a model too small for layer_sample is refused with the largest that fits", async () => {
  await assertRefused(
    ["--models", await syntheticRun("pythia-14m", [0]), "--layer_sample", "129"],
    /step0 cannot be sampled: layer_sample 129 exceeds the 128 neurons of a layer; choose layer_sample 128 or less/,
  );
});

Deno.test("--null adds the null model's columns to the table of E, prints the excess and draws it", () =>
  withFolder(async (folder) => {
    const out = join(folder, "out");
    const ended = await neuromfa(
      ...[
        "--models",
        "suite:nano-32",
        "--null",
        "permute",
        "--null_draws",
        "3",
        "--sample_num",
        "2",
      ],
      ...["--steps", "0,512,4096", "--stage", "all", "--out", out, "--metrics", "copying"],
      ...["--networks", join(folder, "networks")],
    );
    assertSuccess(ended);
    assert.match(ended.stdout, /its excess over 3 draws of the null model permute/);
    const run = await openRun("suite:nano-32");
    const spectra = (of: CheckpointRun) =>
      multifractalSpectra(sampleNetworks(of, { samples: 2, steps: [0, 512, 4096] }));
    const nulls = await Promise.all(
      [0, 1, 2].map((draw) => spectra(nullRun(run, { kind: "permute", draw, seed: 0 }))),
    );
    const { emergence } = await readModelTables(out, "nano-32");
    assert.deepEqual(emergence, excessEmergence(await spectra(run), nulls));
    const table = await Deno.readTextFile(join(out, "emergence", "E_nano-32.csv"));
    assert.match(
      table,
      /,samples_kept,E_null,E_null_low,E_null_high,excess,.*,p_value,null_draws,/,
    );
    for (
      const file of [
        "figures/nano-32/excess.svg",
        "emergence/nano-32/correlations.csv",
        "emergence/figures_metrics/correlations_nano-32.svg",
      ]
    ) {
      assert.ok(ended.stdout.includes(join(out, file).replace(/\.svg$/, "")), file);
      await Deno.stat(join(out, file));
    }
  }));

Deno.test("a null model that is none, or draws of none, are refused before anything is read", async () => {
  await assertRefused(["--models", "/nowhere", "--null", "permut"], /did you mean permute\?$/m);
  await assertRefused(
    ["--models", "/nowhere", "--null_draws", "3"],
    /^--null_draws is about a null model, and none is given; give --null, such as "permute", or/m,
  );
  await assertRefused(["--models", "/nowhere", "--radii", "9:3"], /radii 9:3:1 does not ascend/);
});

Deno.test("an unknown flag is refused with the nearest one, before anything is read", () =>
  assertRefused(
    ["--models", "/nowhere", "--tresh", "12"],
    /^unknown flag --tresh: did you mean --threshold\? See --help for all of them$/m,
  ));

Deno.test("a value out of range is refused before anything is read", async () => {
  const stages = ["--models", "/nowhere", "--stage", "all"];
  await assertRefused(
    [...stages, "--nfd_threshold=-5"],
    /^--nfd_threshold must be a finite number above 0, but it is -5$/m,
  );
  await assertRefused(
    [...stages, "--steps", "0,x"],
    /^--steps must be whole numbers of at most 15 digits and ranges .*, but it is "x"$/m,
  );
});

Deno.test("--help lists every flag and ends well", async () => {
  const ended = await neuromfa("--help");
  assertSuccess(ended);
  for (const flag of ["--models", "--stage", "--threshold", "--skip_existing", "--networks"]) {
    assert.ok(ended.stdout.includes(`  ${flag}`), flag);
  }
});
