import assert from "node:assert/strict";
import {
  describeDuplicateSteps,
  findDuplicateSteps,
  stepDigests,
} from "../../lib/checkpoints/duplicate_steps.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";

Deno.test("steps with the same digest are found, ascending", () => {
  const digests = new Map([[512, "b"], [0, "a"], [1000, "c"], [4, "b"], [2, "a"], [8, "b"]]);
  assert.deepEqual(findDuplicateSteps(digests), [
    { steps: [0, 2], digest: "a" },
    { steps: [4, 8, 512], digest: "b" },
  ]);
  assert.deepEqual(findDuplicateSteps(new Map([[0, "a"], [1, "b"]])), []);
});

Deno.test("steps that share one of several files are found, a file that one step has twice is not", () => {
  const digests = new Map([[0, ["a", "b", "b"]], [50000, ["c", "d"]], [143000, ["e", "d"]]]);
  assert.deepEqual(findDuplicateSteps(digests), [{ steps: [50000, 143000], digest: "d" }]);
});

Deno.test("steps of a folder are compared by the digests of their files", async () => {
  const folder = await syntheticRun("pythia-14m", [0, 512]);
  await Deno.mkdir(`${folder}/step1000`);
  await Deno.copyFile(`${folder}/step0/model.safetensors`, `${folder}/step1000/model.safetensors`);
  const run = await openRun(folder);
  const duplicates = findDuplicateSteps(await stepDigests(run, run.steps));
  assert.deepEqual(duplicates.map(({ steps }) => steps), [[0, 1000]]);
  assert.match(
    describeDuplicateSteps(run, [...duplicates, { steps: [0, 1000], digest: "other" }]),
    /^steps 0 and 1000 of pythia-14m hold the same weights in \/.*, so that at least one of them is/,
  );
  assert.match(
    describeDuplicateSteps(run, [{ steps: [1, 2, 4], digest: "x" }, {
      steps: [8, 9],
      digest: "y",
    }]),
    /^steps 1, 2 and 4; steps 8 and 9 of pythia-14m hold/,
  );
});

function bytesOf(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** A folder of files of tensors with two columns. */
async function folderOf(
  steps: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>,
) {
  const folder = await Deno.makeTempDir();
  for (const [path, tensors] of Object.entries(steps)) {
    await Deno.mkdir(`${folder}/${path.split("/")[0]}`, { recursive: true });
    const header: Record<string, unknown> = { __metadata__: { path } };
    const values = Object.entries(tensors).flatMap(([name, values], i, all) => {
      const begin = 4 * all.slice(0, i).reduce((sum, [, { length }]) => sum + length, 0);
      const data_offsets = [begin, begin + 4 * values.length];
      header[name] = { dtype: "F32", shape: [values.length / 2, 2], data_offsets };
      return values;
    });
    await Deno.writeFile(`${folder}/${path}`, safetensorsBytes(header, bytesOf(values)));
  }
  return folder;
}

async function sameSteps(folder: string) {
  const run = await openRun(folder);
  return findDuplicateSteps(await stepDigests(run, run.steps)).map(({ steps }) => steps);
}

Deno.test("metadata, order and names of tensors, and the sign of 0, hide no duplicate", async () => {
  const a = [1, 2, 3, 0], b = [5, 6, 7, 8];
  const folder = await folderOf({
    "step0/model.safetensors": { a: b, b: [1, 2, 3, 4] },
    "step10/model.safetensors": { a, b },
    "step20/model.safetensors": { b, a: [1, 2, 3, -0] },
    "step30/model.safetensors": { "module.a": a, "module.b": b },
    "step40/model.safetensors": { a: [1, 2, 3, 1e-45], b },
  });
  assert.deepEqual(await sameSteps(folder), [[10, 20, 30]]);
});

Deno.test("shards of a folder are compared one by one", async () => {
  const folder = await folderOf({
    "step0/model-1.safetensors": { a: [1, 2, 3, 4] },
    "step0/model-2.safetensors": { b: [4, 3, 2, 1] },
    "step10/model-1.safetensors": { a: [5, 6, 7, 8] },
    "step10/model-2.safetensors": { b: [8, 7, 6, 5] },
    "step20/model-1.safetensors": { a: [5, 6, 7, 8] },
    "step20/model-2.safetensors": { b: [8, 7, 6, 4] },
  });
  for (const step of [0, 10, 20]) {
    await Deno.writeTextFile(
      `${folder}/step${step}/model.safetensors.index.json`,
      JSON.stringify({ weight_map: { a: "model-1.safetensors", b: "model-2.safetensors" } }),
    );
  }
  assert.deepEqual(await sameSteps(folder), [[10, 20]]);
});

Deno.test("steps without a matrix are compared by their files", async () => {
  const folder = await folderOf({
    "step0/model.safetensors": { a: [1, 2] },
    "step10/model.safetensors": { a: [1, 2] },
  });
  assert.deepEqual(await sameSteps(folder), []);
});
