import assert from "node:assert/strict";
import { join } from "node:path";
import { openSelectedRun, selectSteps, thresholdLength } from "../../lib/runs/open_selected_run.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withTinyRun } from "./tiny_run.ts";
import { checkpointView } from "../../lib/checkpoints/checkpoint_view.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { medianLength } from "../../lib/networks/median_length.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";

Deno.test("openSelectedRun() refuses steps with the same weights by their names, among those selected", () =>
  withTinyRun([0, 4, 8], async ({ run }) => {
    await Deno.copyFile(
      join(run, "step4", "model.safetensors"),
      join(run, "step8", "model.safetensors"),
    );
    await throwsError(
      () => openSelectedRun(run, undefined, {}),
      /^steps 4 and 8 of nano-8 hold the same weights in .*nano-8.*; leave them out of the steps, or go on with allowDup/,
    );
    assert.deepEqual((await openSelectedRun(run, [0, 4], {})).duplicates, []);
    const { duplicates, steps } = await openSelectedRun(run, undefined, { allowDuplicates: true });
    assert.deepEqual(duplicates.map((group) => group.steps), [[4, 8]]);
    assert.deepEqual(steps, [0, 4, 8]);
  }));

const run = { model: "nano-8", source: "/models/nano-8", steps: [0, 1, 8] };

Deno.test("selectSteps() gives all steps where none are asked for", () => {
  assert.deepEqual(selectSteps(run), [0, 1, 8]);
});

Deno.test("selectSteps() gives the steps asked for ascending, each once", () => {
  assert.deepEqual(selectSteps(run, [8, 0, 8]), [0, 8]);
});

Deno.test("selectSteps() refuses a step that is not there, with those that are", () =>
  throwsError(
    () => selectSteps(run, [0, 5]),
    /^checkpoint step 5 of nano-8 is not there; steps: 0, 1, 8$/,
  ));

Deno.test("selectSteps() goes without a baseline only where there is no step 0 and none is named", async () => {
  const late = { ...run, steps: [1, 8] };
  assert.deepEqual(selectSteps(late), [1, 8]);
  assert.deepEqual(selectSteps(late, undefined, 8), [1, 8]);
  await throwsError(
    () => selectSteps(run, [8, 1]),
    /^nano-8 cannot be measured without step 0: .*; the steps asked for are 1, 8$/,
  );
  await throwsError(
    () => selectSteps(late, undefined, 0),
    /^nano-8 cannot be measured without step 0: .*; steps in \/models\/nano-8: 1, 8$/,
  );
});

Deno.test("thresholdLength() leaves a length as it is, and asks for no networks", async () => {
  const length = await thresholdLength(150, () => assert.fail("no network is needed"));
  assert.equal(length, 150);
});

Deno.test("thresholdLength() takes medians over all networks that are given", () =>
  withTinyRun([0], async ({ run }) => {
    const opened = await openRun(run);
    const untrained = () => sampleNetworks(opened, { samples: 2, layerSample: 3, steps: [0] });
    const networks = await Array.fromAsync(untrained(), ({ network }) => network);
    assert.equal(await thresholdLength({ medians: 2 }, untrained), 2 * medianLength(networks));
  }));

Deno.test("openSelectedRun() takes the usual steps where none are asked for, and says so", async () => {
  const seen: string[] = [];
  const pythia = { ...run, usualSteps: [0, 8], checkpoint: () => Promise.reject(new Error("no")) };
  const access = { allowDuplicates: true, onWarning: (line: string) => void seen.push(line) };
  const listed = { ...pythia, listedDigests: (step: number) => Promise.resolve([`${step}`]) };
  const usual = await openSelectedRun(listed, undefined, access);
  assert.deepEqual([usual.steps, usual.notes], [
    ...[[0, 8], ["2 of 3 steps, those with published scores"]],
  ]);
  assert.deepEqual(seen, [
    "2 of 3 steps of nano-8 are taken, those with published scores; --steps all " +
    '(steps: "all", in notebooks NEUROMFA_STEPS=all) takes all',
  ]);
  const all = await openSelectedRun(listed, "all", access);
  assert.deepEqual([all.steps, all.notes, seen.length], [[0, 1, 8], [], 1]);
});

Deno.test("openSelectedRun() leaves out half-written steps of a range, and not one that is named", () =>
  withTinyRun([0, 4, 8], async ({ run }) => {
    const weights = join(run, "step8", "model.safetensors");
    await Deno.truncate(weights, 100);
    const warnings: string[] = [];
    const access = { onWarning: (line: string) => void warnings.push(line) };
    assert.deepEqual((await openSelectedRun(run, "0,1-8", access)).steps, [0, 4]);
    assert.match(warnings[0]!, /^step 8 of .* is left out, for it is only half written: /);
    await assert.rejects(openSelectedRun(run, "0,4,8", access), /step8/);
  }));

Deno.test("openSelectedRun() has digests taken beside each other before it takes one, and none of a run that knows its own", () =>
  withTinyRun([0, 4, 8], async ({ run }) => {
    const opened = await openRun(run), calls: string[] = [];
    const heard = {
      ...opened,
      async checkpoint(step: number) {
        const checkpoint = await opened.checkpoint(step);
        return checkpointView(checkpoint, {
          digest() {
            calls.push(`digest of ${step}`);
            return checkpoint.digest();
          },
        });
      },
    };
    const take = (_: unknown, steps: readonly number[]) => {
      calls.push(`beside ${steps}`);
      return Promise.resolve();
    };
    await openSelectedRun(heard, undefined, {}, selectSteps, take);
    assert.deepEqual(calls.slice(0, 2), ["beside 0,4,8", "digest of 8"]);
    calls.length = 0;
    const known = { ...heard, listedDigests: (step: number) => Promise.resolve([`${step}`]) };
    await openSelectedRun(known, undefined, {}, selectSteps, take);
    assert.deepEqual(calls, []);
  }));
