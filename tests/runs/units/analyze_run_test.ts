import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../../lib/files/list_files.ts";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { analyzeRun, type AnalyzeRunOptions } from "../../../lib/runs/units/analyze_run.ts";
import { filesBelow } from "../../e2e/neuromfa_command.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { analyzeEmergence } from "../analyze_alone.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";
import { extractModel } from "../../../lib/runs/store/extract_model.ts";
import { medianLength } from "../../../lib/networks/median_length.ts";
import { openModelNetworks } from "../../../lib/runs/store/model_networks.ts";
import { readModelTables } from "../../../lib/runs/tables.ts";
import { close, type GoldenModel, readGolden } from "../../golden/golden.ts";
import { syntheticRun } from "../../golden/synthetic_checkpoint.ts";

const options = tinyOptions({ edges: "all", samples: 4, minimumEdges: 4 });

/** Measure a run of the tiny model; two steps have eight units. */
function analyze(run: string, out: string, more: Partial<AnalyzeRunOptions> = {}) {
  return analyzeRun(run, { options }, { out, store: join(out, "none"), ...more });
}

/** The paths of the files that are left in the folder of units. */
async function unitFiles(out: string): Promise<string[]> {
  return [...(await filesBelow(out)).keys()].filter((path) => path.startsWith("units/"));
}

Deno.test("any number of damaged units are each measured again in one run, whatever is in their place", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const out = join(folder, "out"), one = join(folder, "one");
    await analyze(run, one);
    await analyze(run, out, { keepUnits: true });
    const units = (await unitFiles(out)).filter((path) => path.endsWith(".safetensors"))
      .map((path) => join(out, path));
    assert.equal(units.length, 8);
    const [cut, empty, changed, gone, foreign, full, hollow] = units;
    await Deno.truncate(cut!, 1000);
    await Deno.truncate(empty!, 0);
    const bytes = await Deno.readFile(changed!);
    bytes[bytes.length - 1]! ^= 1;
    await Deno.writeFile(changed!, bytes);
    await Deno.remove(gone!);
    await Deno.copyFile(units[7]!, foreign!);
    for (const folder of [full!, hollow!]) {
      await Deno.remove(folder);
      await Deno.mkdir(folder);
    }
    await Deno.writeTextFile(join(full!, "a"), "a");
    const warnings: string[] = [], counts: number[] = [];
    await analyze(run, out, {
      onWarning: (warning) => void warnings.push(warning),
      onNetwork: (measured) => void counts.push(measured),
    });
    assert.deepEqual(counts, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.equal(warnings.length, 6);
    for (const warning of warnings) {
      assert.match(warning, /^step \d sample \d is measured again: .*\.safetensors/);
    }
    assert.deepEqual(await filesBelow(out), await filesBelow(one));
  }));

Deno.test("a unit that cannot be read while tables are made is looked at again, and one that is spoiled again stops the run", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const { readFile } = Deno;
    const spoil = async (out: string, reads: (read: number) => boolean) => {
      let read = 0;
      Deno.readFile = async (path, options) => {
        const bytes = await readFile(path, options);
        if (/step4\/sample2-.*\.safetensors$/.test(`${path}`) && reads(++read)) {
          bytes[bytes.length - 1]! ^= 1;
        }
        return bytes;
      };
      try {
        await analyze(run, join(folder, out));
      } finally {
        Deno.readFile = readFile;
      }
    };
    await analyze(run, join(folder, "one"));
    await spoil("once", (read) => read === 1);
    assert.deepEqual(
      await filesBelow(join(folder, "once")),
      await filesBelow(join(folder, "one")),
    );
    await throwsError(
      () => spoil("always", () => true),
      /step4\/sample2-.* is damaged: .*, though it was measured again; check the disk or choose another folder$/,
    );
    assert.deepEqual(
      [...(await filesBelow(join(folder, "always"))).keys()].filter((path) => !/^units/.test(path)),
      [],
    );
  }));

Deno.test("units that are kept lie beside nothing that a killed process left, and no claim stays", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const out = join(folder, "out");
    await analyze(run, out, { shard: { index: 1, count: 2 } });
    const units = join(out, "units", "nano-8");
    const left = [".plan-0.json.x.partial", "in-use.lock", "tables.lock"]
      .concat(["step0/.sample0-0.safetensors.x.partial", "step0/sample0-0.safetensors.lock"]);
    for (const path of left) await Deno.writeTextFile(join(units, path), "half");
    await analyze(run, out, { keepUnits: true });
    const kept = await unitFiles(out);
    assert.equal(kept.length, 9);
    for (const path of kept) {
      assert.match(
        path,
        /nano-8\/(plan-[0-9a-f]+\.json|step[04]\/sample[0-3]-[0-9a-f]+\.safetensors)$/,
      );
    }
  }));

Deno.test("a run that fails leaves no claim", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const out = join(folder, "out");
    await throwsError(
      () =>
        analyze(run, out, {
          onNetwork: (measured) => {
            if (measured === 2) throw new Error("stopped here");
          },
        }),
      /^stopped here$/,
    );
    assert.deepEqual((await unitFiles(out)).filter((path) => path.endsWith(".lock")), []);
  }));

/** Measure two steps of a bundled model below a folder. */
function analyzeNano(
  folder: string,
  given: Parameters<typeof analysisOptions>[0],
  more: Partial<AnalyzeRunOptions> = {},
) {
  const options = analysisOptions({ samples: 1, ...given });
  const place = { out: join(folder, "out"), store: join(folder, "networks"), steps: [0, 512] };
  return analyzeRun("suite:nano-64", { options, tables: "emergence" }, { ...place, ...more });
}

const locksIn = async (folder: string) =>
  (await listFiles(folder)).filter((path) => path.endsWith(".lock"));

Deno.test("a run that fails while it measures leaves no lock, and one that a killed process left goes with the next", () =>
  withFolder(async (folder) => {
    const units = join(folder, "out", "units", "nano-64");
    await Deno.mkdir(units, { recursive: true });
    await Deno.writeTextFile(join(units, "in-use.lock"), "");
    const beyond = { q: { min: -1000, max: 1000, step: 500 } };
    await assert.rejects(analyzeNano(folder, beyond), /The order q = -1000 is out of reach/);
    assert.deepEqual(await locksIn(folder), []);
    await analyzeNano(folder, {}, { keepUnits: true });
    assert.deepEqual(await locksIn(folder), []);
  }));

Deno.test("absurd numbers are refused by the option's name before anything is written", () =>
  withFolder(async (folder) => {
    const cases = [
      [
        {},
        { workers: 1e6 },
        /^RangeError: workers must be an integer from 1 to 1024, or auto, but it is 1000000$/,
      ],
      [
        {},
        { shard: { index: 2, count: 1 } },
        /^RangeError: shard must be a part such as 2\/8, from 1\/8 to 8\/8, but it is { index: 2, count: 1 }$/,
      ],
      [
        { null: "permute", nullDraws: 100_000, samples: 10 },
        {},
        /^RangeError: nano-64 with 2 steps of 10 parts, each also for 100000 draws of the null model has 2000020 networks/,
      ],
    ] as const;
    for (const [given, more, message] of cases) {
      await assert.rejects(analyzeNano(folder, given, more), message);
    }
    assert.deepEqual(await listFiles(folder), []);
  }));

const run = await syntheticRun("pythia-14m", [0, 1000]);
const published = analysisOptions({
  convention: "reference",
  samples: 2,
  layerSample: 24,
});

/** Every file below a folder with its text. */
async function filesOf(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) Object.assign(files, await filesOf(path));
    else files[path.slice(folder.length)] = await Deno.readTextFile(path);
  }
  return files;
}

Deno.test("analyzeEmergence() as published has the golden spectra and E", () =>
  withFolder(async (out) => {
    const golden = readGolden<GoldenModel>("h128");
    const { emergence, samples } = await analyzeEmergence(run, {
      options: analysisOptions({ convention: "reference", alpha0: "analytic" }),
      out,
      store: join(out, "none"),
    });
    const { averaged_analytic: expected, meta } = golden;
    for (const { step, alpha0, width, E, samplesKept, status } of emergence) {
      const i = meta.steps.indexOf(step);
      close(alpha0, expected.alpha_q0_mean[i]!, 1e-12, `alpha_0 at step ${step}`);
      close(width, expected.width_mean[i]!, 1e-12, `width at step ${step}`);
      close(E, expected.E[i]!, 1e-12, `E at step ${step}`);
      assert.equal(samplesKept, 10);
      // Of the networks at step 1000 three edges on average round to the smallest radius.
      assert.match(
        status,
        step === 0 ? /^ok$/ : /^interval may be too narrow: 3.3 edges [^;]*$/,
      );
    }
    assert.deepEqual(emergence.map(({ step }) => step), [0, 1000]);
    const nodes = golden.networks.find(({ step, sample }) => step === 1000 && sample === 7)!;
    const row = samples.find(({ step, sample }) => step === 1000 && sample === 7)!;
    assert.equal(row.selectedNodes, nodes.selected_nodes);
    assert.equal(row.edges, nodes.edges);
  }));

Deno.test("analyzeEmergence() writes the tables that it returns, the same bytes from checkpoints and from the store", () =>
  withFolder(async (folder) => {
    const [one, two, store] = ["one", "two", "networks"].map((name) => join(folder, name));
    const { record, skipped, ...tables } = await analyzeEmergence(run, {
      options: published,
      out: one!,
      store: store!,
    });
    assert.equal(skipped, false);
    assert.deepEqual(await readModelTables(one!, "pythia-14m"), tables);
    assert.equal(record.threshold, 150);
    await extractModel(run, { options: published, store: store! });
    await analyzeEmergence("pythia-14m", {
      options: published,
      out: two!,
      store: store!,
    });
    const files = await filesOf(one!);
    assert.equal(Object.keys(files).length, 4);
    assert.deepEqual(withoutSource(await filesOf(two!)), withoutSource(files));
  }));

/** Files whose run.json does not say what the checkpoints were found by. */
function withoutSource(files: Record<string, string>): Record<string, unknown> {
  const { source, ...record } = JSON.parse(files["/run.json"]!);
  assert.equal(typeof source.name, "string");
  return { ...files, "/run.json": record };
}

Deno.test("analyzeEmergence() leaves tables alone that are there and the same, if asked to", () =>
  withFolder(async (out) => {
    const again = (more: object = {}) =>
      analyzeEmergence(run, {
        options: published,
        out,
        store: join(out, "none"),
        skipExisting: true,
        ...more,
      });
    assert.equal((await again()).skipped, false);
    const told: number[] = [];
    const onNetwork = (measured: number) => told.push(measured);
    const there = await again({ onNetwork });
    assert.equal(there.skipped, true);
    assert.deepEqual(told, []);
    assert.equal(there.emergence.length, 2);
    assert.equal(
      (await again({ options: { ...published, digits: 1 } })).skipped,
      false,
    );
    assert.equal((await again({ options: { ...published, digits: 1 } })).skipped, true);
    assert.equal((await again({ skipExisting: false })).skipped, false);
  }));

Deno.test("analyzeEmergence() takes a threshold in medians of the untrained network", () =>
  withFolder(async (out) => {
    const store = join(out, "none");
    const medians = { ...published, threshold: { medians: 2 } };
    const { record, ...relative } = await analyzeEmergence(run, { options: medians, out, store });
    const opened = await openModelNetworks(run, published, store);
    const untrained = await Array.fromAsync(opened.networks([0]), ({ network }) => network);
    assert.equal(record.threshold, 2 * medianLength(untrained));
    const absolute = { ...published, threshold: record.threshold };
    const { spectra } = await analyzeEmergence(run, { options: absolute, out, store });
    assert.deepEqual(relative.spectra, spectra);
  }));

Deno.test("analyzeEmergence() tells at the start and after each network how many of how many are measured", () =>
  withFolder(async (out) => {
    const told: [number, number][] = [];
    await analyzeEmergence(run, {
      ...{ options: published, out, store: join(out, "none") },
      onNetwork: (measured, total) => told.push([measured, total]),
    });
    assert.deepEqual(told, [[0, 4], [1, 4], [2, 4], [3, 4], [4, 4]]);
  }));

Deno.test("analyzeEmergence() writes nothing if a checkpoint cannot be measured", () =>
  withFolder(async (folder) => {
    const broken = await syntheticRun("pythia-14m", [0, 1000]);
    await Deno.truncate(join(broken, "step1000", "model.safetensors"), 100_000);
    const out = join(folder, "out");
    const store = join(folder, "none");
    await throwsError(
      () => analyzeEmergence(broken, { options: published, out, store, strict: true }),
      /step1000\/model\.safetensors/,
    );
    await throwsError(
      () => analyzeEmergence(run, { options: published, out, store, steps: [1000] }),
      /cannot be measured without step 0/,
    );
    await assert.rejects(
      analyzeEmergence(run, {
        options: { ...published, layerSample: 129 },
        out,
        store,
      }),
    );
    await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
  }));
