import assert from "node:assert/strict";
import { join } from "node:path";
import { openCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { shownValue } from "../../lib/display/shown_value.ts";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { measure } from "../../lib/runs/measure.ts";
import { extractModel } from "../../lib/runs/store/extract_model.ts";
import { integer, pickle, stateDict, storage, tensor } from "../helpers/pickle_bytes.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { zipBytes } from "../helpers/torch_bytes.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** Sizes of the layers of an MLP, each matrix as many values as the other. */
const shapes = { "fc1.weight": [24, 16], "fc2.weight": [16, 24] };

/** Values of a matrix, others for each seed. */
function valuesOf(seed: number): Uint8Array {
  const values = Float32Array.from({ length: 384 }, (_, i) => Math.sin(seed + 1.7 * i) / 4);
  return new Uint8Array(values.buffer);
}

/** A file as a training script saves it, of entries that each have the matrices of a seed. */
async function save(path: string, entries: Record<string, number>): Promise<void> {
  const files: Record<string, Uint8Array> = {};
  const models = Object.entries(entries).map(([key, seed]) => {
    const tensors = Object.entries(shapes).map(([name, shape], i) => {
      files[`archive/data/${key}${i}`] = valuesOf(seed + i);
      const of = storage("FloatStorage", `${key}${i}`, 384);
      return [name, tensor(of, { shape, strides: [shape[1]!, 1] })];
    });
    return [key, stateDict(Object.fromEntries(tensors))];
  });
  const saved = stateDict({ ...Object.fromEntries(models), epoch: integer(3) });
  await Deno.writeFile(path, await zipBytes({ "archive/data.pkl": pickle(saved), ...files }));
}

/** A run of two steps, and another of safetensors with the same matrices of one of its entries. */
async function runs(folder: string, entries: readonly string[], key: string) {
  const [run, plain] = [join(folder, "run"), join(folder, "plain")];
  for (const step of [0, 10]) {
    for (const place of [run, plain]) {
      await Deno.mkdir(join(place, `step${step}`), { recursive: true });
    }
    const seeds = entries.map((entry, i) => [entry, 100 * i + step]);
    await save(join(run, `step${step}`, "pytorch_model.bin"), Object.fromEntries(seeds));
    const seed = 100 * entries.indexOf(key) + step;
    await writeSafetensors(
      join(plain, `step${step}`, "model.safetensors"),
      Object.entries(shapes).map(([name, shape], i) => (
        { name, dtype: "F32", shape, bytes: valuesOf(seed + i) }
      )),
    );
  }
  return { run, plain };
}

const full = { network: "full" } as const;

Deno.test("the only entry with a model is measured, and tables, captions, warnings and show() say which", () =>
  withFolder(async (folder) => {
    const { run, plain } = await runs(folder, ["model_state_dict"], "model_state_dict");
    const warnings: string[] = [];
    const measured = await measure(run, { ...full, onWarning: (text) => void warnings.push(text) });
    assert.deepEqual(
      measured.rows,
      (await measure(plain, full)).rows,
    );
    assert.equal(measured.record.entry, "model_state_dict");
    assert.match(measured.made, /weights of the entry model_state_dict/);
    assert.deepEqual(warnings, ["the weights of run are the entry model_state_dict of its files"]);
    const [row] = await shownValue(await (await openRun(run)).checkpoint(0)) as [{ entry: string }];
    assert.equal(row.entry, "model_state_dict");
  }));

Deno.test("of several entries the one that weights names is measured, here and in workers, and kept apart from others", () =>
  withFolder(async (folder) => {
    const { run, plain } = await runs(folder, ["model", "ema"], "ema");
    await throwsError(
      () => measure(run, full),
      /pytorch_model\.bin has several dictionaries of tensors, model, ema; choose one by weights, such as "model"/,
    );
    const expected = (await measure(plain, full)).rows;
    const out = join(folder, "out");
    const measured = await measure(run, { ...full, weights: "ema", out, workers: 2 });
    assert.deepEqual(measured.rows, expected);
    assert.equal(measured.record.options.weights, "ema");
    const other = await measure(run, { ...full, weights: "model", out: join(folder, "other") });
    assert.notDeepEqual(other.rows, expected);
    const digests = await Promise.all(
      ["model", "ema"].map(async (weights) =>
        await (await openCheckpoint(join(run, "step0"), { weights })).digest()
      ),
    );
    assert.notEqual(digests[0], digests[1]);
    await throwsError(
      async () => await measure(await openRun(run), { ...full, weights: "ema" }),
      /run is opened already, so weights ema comes too late; give it to openRun/,
    );
    await throwsError(
      () => measure(plain, { ...full, weights: "ema" }),
      /model\.safetensors holds the tensors of one model, and weights is "ema"/,
    );
  }));

Deno.test("stored networks of one entry are not taken for those of another", () =>
  withFolder(async (folder) => {
    const { run } = await runs(folder, ["model", "ema"], "ema");
    const store = join(folder, "networks"), few = { samples: 1, layerSample: 8 };
    const options = analysisOptions({ ...few, weights: "ema" });
    assert.equal((await extractModel(run, { store, options })).written, 2);
    const sampled = await measure(run, { ...few, weights: "model" });
    assert.deepEqual(
      (await measure(run, { ...few, weights: "model", networks: store })).samples,
      sampled.samples,
    );
    await throwsError(
      () => measure("run", { ...few, networks: store }),
      /were extracted with weights ema, not none/,
    );
    assert.equal(
      (await measure("run", { ...few, weights: "ema", networks: store })).rows.length,
      2,
    );
  }));

Deno.test("steps that hold their weights in different entries stop the run", () =>
  withFolder(async (folder) => {
    const { run } = await runs(folder, ["model"], "model");
    await save(join(run, "step10", "pytorch_model.bin"), { ema: 10 });
    await throwsError(
      () => measure(run, full),
      /the weights of run are the entry model at step 0 and ema at step 10; choose one/,
    );
  }));
