import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { rerun } from "../../lib/runs/rerun.ts";
import { tablePaths } from "../../lib/runs/tables.ts";
import { analyzeRun } from "../../lib/runs/units/analyze_run.ts";
import { syntheticCheckpoint } from "../golden/synthetic_checkpoint.ts";
import { commitOf, servedFolder, serveHub } from "../helpers/hub_server.ts";
import { withEnvironment } from "../helpers/with_environment.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { tinyOptions, withTinyRun } from "./tiny_run.ts";

/** A run of the tiny model with its record. */
function withRecord(
  test: (place: { run: string; record: string; out: string; again: string }) => Promise<void>,
): Promise<void> {
  return withTinyRun([0, 4], async ({ run, folder, store }) => {
    const out = join(folder, "out");
    await analyzeRun(run, { options: tinyOptions() }, { out, store });
    const { record } = tablePaths(out, "nano-8");
    await test({ run, record, out, again: join(folder, "again") });
  });
}

/** Change a JSON file. */
async function edit(path: string, change: (value: Record<string, unknown>) => void) {
  const value = JSON.parse(await Deno.readTextFile(path));
  change(value);
  await Deno.writeTextFile(path, JSON.stringify(value));
}

Deno.test("rerun() gives the same bytes, and names the tables that are not", () =>
  withRecord(async ({ record, out, again }) => {
    const { model, same, different } = await rerun(record, { out: again });
    assert.deepEqual([model, different], ["nano-8", []]);
    assert.deepEqual(same, [
      ...["E_nano-8.csv", "spectra.csv", "samples.csv"],
      ...[0, 1].map((sample) => `nfd_evolution_nano-8_sample${sample}.csv`),
      ...[0, 4].flatMap((step) => [0, 1].map((k) => `nfd_nano-8_step${step}_sample${k}.csv`)),
    ]);
    await edit(record, ({ tables }) => (tables as Record<string, string>).spectra = "0".repeat(64));
    const nodes = join(out, "nfd", "nano-8", "nfd_nano-8_step4_sample1.csv");
    await Deno.writeTextFile(nodes, "\n", { append: true });
    const other = await rerun(record, { out: join(again, "2") });
    assert.deepEqual(other.different, ["spectra.csv", basename(nodes)]);
  }));

Deno.test("rerun() calls no table the same bytes that was changed after it was recorded", () =>
  withRecord(async ({ record, out, again }) => {
    const { emergence } = tablePaths(out, "nano-8");
    await Deno.writeTextFile(emergence, "\n", { append: true });
    const { different, absent } = await rerun(record, { out: again });
    assert.deepEqual([different, absent], [["E_nano-8.csv"], []]);
  }));

Deno.test("rerun() names the tables that are not there, and holds those of E to their recorded digests", () =>
  withRecord(async ({ record, out, again }) => {
    const { samples, spectra } = tablePaths(out, "nano-8");
    await Deno.remove(samples);
    await Deno.remove(join(out, "nfd", "nano-8"), { recursive: true });
    const first = await rerun(record, { out: again });
    assert.deepEqual([first.same, first.different], [["E_nano-8.csv", "spectra.csv"], []]);
    assert.equal(first.absent.length, 7);
    assert.equal(first.absent[0], "samples.csv");
    await Deno.remove(spectra);
    await edit(record, ({ tables }) => (tables as Record<string, string>).spectra = "0".repeat(64));
    const { different } = await rerun(record, { out: join(again, "2") });
    assert.deepEqual(different, ["spectra.csv"]);
  }));

Deno.test("rerun() refuses a threshold that the options and checkpoints do not give", () =>
  withRecord(async ({ record, again }) => {
    await edit(record, (value) => value.threshold = 20);
    await assert.rejects(
      rerun(record, { out: again }),
      /^Error: .*run\.json says that the threshold was 20, and its options and checkpoints give 150; it was changed/,
    );
    await assert.rejects(Deno.stat(again), Deno.errors.NotFound);
  }));

Deno.test("rerun() says where a folder was that is gone, and takes it under another name", () =>
  withRecord(async ({ run, record, again }) => {
    const renamed = `${run}-renamed`;
    await Deno.rename(run, renamed);
    await assert.rejects(
      rerun(record, { out: again }),
      /nano-8, where .*run\.json says that the checkpoints were, does not exist; say by --model where/,
    );
    const { model, different, same } = await rerun(record, { out: again, name: renamed });
    assert.deepEqual([model, different, same.length], ["nano-8", [], 9]);
  }));

Deno.test("rerun() refuses other checkpoints, by name, before anything is measured", () =>
  withRecord(async ({ run, record, again }) => {
    const path = join(run, "step4", "model.safetensors");
    const bytes = await Deno.readFile(path);
    bytes[bytes.length - 1]! ^= 64;
    await Deno.writeFile(path, bytes);
    await assert.rejects(
      rerun(record, { out: again }),
      /^Error: step 4 of nano-8 is another checkpoint than .*run\.json was made from: SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}; get those checkpoints again, or name them by --model$/,
    );
    await assert.rejects(Deno.stat(again), Deno.errors.NotFound);
    await Deno.remove(join(run, "step4"), { recursive: true });
    await assert.rejects(rerun(record, { out: again }), /checkpoint step 4 of nano-8 is not there/);
  }));

Deno.test("rerun() warns where versions differ, and takes the model from where it lies now", () =>
  withRecord(async ({ run, record, again }) => {
    await edit(record, (value) => {
      value.versions = { neuromfa: "0.0.1", deno: Deno.version.deno };
      value.source = { name: "/nowhere/nano-8" };
    });
    await assert.rejects(rerun(record, { out: again }), /nowhere/);
    const warnings: string[] = [];
    const onWarning = (line: string) => void warnings.push(line);
    const { different } = await rerun(record, { out: again, name: run, onWarning });
    assert.deepEqual(different, []);
    assert.match(warnings[0]!, /^versions differ, .*: neuromfa 0\.0\.1 then, .* now$/);
  }));

Deno.test("rerun() says what a record lacks, and never writes over the run itself", () =>
  withRecord(async ({ record, out, again }) => {
    await assert.rejects(
      rerun(record, { out }),
      /out holds the run that is repeated; choose another/,
    );
    await edit(record, (value) => delete value.source);
    await assert.rejects(
      rerun(record, { out: again }),
      /does not say what the checkpoints .* --model/,
    );
    await edit(record, (value) => {
      delete (value.options as Record<string, unknown>).network;
      value.versions = { neuromfa: "0.0.3" };
    });
    await assert.rejects(
      rerun(record, { out: again }),
      /options\.network is missing; it was written by neuromfa 0\.0\.3, and this is \d/,
    );
    await edit(record, (value) => value.versions = {});
    await edit(record, (value) => value.model = 7);
    await assert.rejects(rerun(record, { out: again }), /run\.json: model is 7, not a text/);
    await Deno.writeTextFile(record, "{");
    await assert.rejects(rerun(record, { out: again }), /run\.json is no JSON/);
    await assert.rejects(rerun(`${record}x`, { out: again }), /run\.jsonx is not there/);
  }));

Deno.test("a run of a model on the hub is repeated from its commits, though a branch has moved", () =>
  withFolder(async (folder) => {
    const repository = "EleutherAI/pythia-14m", out = join(folder, "out");
    const [step0, step512, other] = await Promise.all(
      ([0, 512, 1000] as const).map(async (step) =>
        await servedFolder(await syntheticCheckpoint("pythia-14m", step))
      ),
    );
    const options = tinyOptions();
    const { record } = tablePaths(out, "pythia-14m");
    const at = <T>(url: string, work: () => Promise<T>) =>
      withEnvironment({ HF_ENDPOINT: url, HF_HOME: join(folder, "hf") }, work);
    {
      await using hub = serveHub(repository, { main: {}, step0: step0!, step512: step512! });
      const place = { out, store: join(folder, "none") };
      await at(hub.url, () => analyzeRun(`hf:${repository}`, { options }, place));
    }
    const { source } = JSON.parse(await Deno.readTextFile(record));
    assert.deepEqual(source, {
      name: `hf:${repository}`,
      commits: [
        { step: 0, commit: commitOf(repository, step0!) },
        { step: 512, commit: commitOf(repository, step512!) },
      ],
    });
    const moved = { main: {}, step0: step0!, step512: other!, former: step512! };
    await using hub = serveHub(repository, moved);
    const again = { out: join(folder, "again") };
    const { different, same } = await at(hub.url, () => rerun(record, again));
    assert.deepEqual([different, same.length], [[], 9]);
  }));
