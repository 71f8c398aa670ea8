import assert from "node:assert/strict";
import { join } from "node:path";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { completeSteps } from "../../lib/runs/complete_steps.ts";
import { measure } from "../../lib/runs/measure.ts";
import { withTinyRun } from "./tiny_run.ts";

/** Look at a run's steps where none is named; returns the complete ones, the notes and the warnings. */
async function looked(folder: string, options: { strict?: boolean; baseline?: number } = {}) {
  const run = await openRun(folder), warnings: string[] = [];
  const { steps, notes } = await completeSteps(run, run.steps, {
    ...options,
    needed: [],
    onWarning: (line) => void warnings.push(line),
  });
  return { steps, notes, warnings };
}

/** What a trainer that is stopped or still writes may leave in the folder of a step. */
const unfinished: Readonly<Record<string, (step: string) => Promise<void>>> = {
  "no weights": (step) => Deno.remove(join(step, "model.safetensors")),
  "a shorter file": (step) => Deno.truncate(join(step, "model.safetensors"), 2000),
  "a cut header": (step) => Deno.truncate(join(step, "model.safetensors"), 100),
  "a header of zeros": async (step) => {
    const path = join(step, "model.safetensors"), { size } = await Deno.stat(path);
    await Deno.writeFile(path, new Uint8Array(size));
  },
  "a cut config": (step) => Deno.truncate(join(step, "config.json"), 20),
  "a cut index": async (step) => {
    await Deno.remove(join(step, "model.safetensors"));
    await Deno.writeTextFile(join(step, "model.safetensors.index.json"), '{"weight_map": {"a');
  },
  "missing shards": async (step) => {
    await Deno.remove(join(step, "model.safetensors"));
    const map = { weight_map: { a: "model-00001-of-00001.safetensors" } };
    await Deno.writeTextFile(join(step, "model.safetensors.index.json"), JSON.stringify(map));
  },
};

for (const [what, spoil] of Object.entries(unfinished)) {
  Deno.test(`a last step with ${what} is left out with a warning that names the file, and strict refuses it`, () =>
    withTinyRun([0, 4, 8], async ({ run }) => {
      await spoil(join(run, "step8"));
      const { steps, notes, warnings } = await looked(run);
      assert.deepEqual(steps, [0, 4]);
      assert.deepEqual(notes, ["step 8 left out, only half written"]);
      assert.equal(warnings.length, 1);
      assert.match(
        warnings[0]!,
        /^step 8 of nano-8 is left out, for it is only half written: .*step8.{20}/,
      );
      await assert.rejects(looked(run, { strict: true }), /step8/);
    }));
}

Deno.test("an earlier step that lacks weights is left out, and one whose header says nothing is an error for whoever opens it", () =>
  withTinyRun([0, 4, 8], async ({ run }) => {
    await unfinished["a shorter file"]!(join(run, "step4"));
    assert.deepEqual((await looked(run)).steps, [0, 8]);
    await unfinished["a header of zeros"]!(join(run, "step4"));
    assert.deepEqual((await looked(run)).steps, [0, 4, 8]);
    await assert.rejects(measure(run, { samples: 2, layerSample: 3 }), /step4.* damaged header/);
  }));

Deno.test("a step that E is compared with, or the only one, is not left out", () =>
  withTinyRun([0, 4], async ({ run }) => {
    await unfinished["a cut header"]!(join(run, "step4"));
    assert.deepEqual((await looked(run)).steps, [0]);
    await assert.rejects(looked(run, { baseline: 4 }), /step4/);
    await unfinished["a cut header"]!(join(run, "step0"));
    await assert.rejects(looked(run), /step0/);
  }));

Deno.test("measure() leaves a half-written last step out and says so in the record, or refuses it with strict", () =>
  withTinyRun([0, 4, 8], async ({ run }) => {
    await unfinished["a header of zeros"]!(join(run, "step8"));
    const options = { samples: 2, layerSample: 3, onWarning: () => {} };
    const { rows, record } = await measure(run, options);
    assert.deepEqual(rows.map(({ step }) => step), [0, 4]);
    assert.deepEqual(record.notes, ["step 8 left out, only half written"]);
    await assert.rejects(measure(run, { ...options, strict: true }), /damaged header/);
  }));
