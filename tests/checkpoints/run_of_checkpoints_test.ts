import assert from "node:assert/strict";
import { join } from "node:path";
import { runOfCheckpoints } from "../../lib/checkpoints/run_of_checkpoints.ts";
import { suiteFolder } from "../../lib/checkpoints/suite_folder.ts";
import { degreeOfEmergence } from "../../lib/emergence/degree_of_emergence.ts";
import { multifractalSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { throwsError } from "../helpers/throws_error.ts";

const suite = await suiteFolder("nano-64");
const places = { 4096: join(suite, "step512"), 0: join(suite, "step0") };

Deno.test("a run of checkpoints has the steps that were told, ascending, under the name given", async () => {
  const run = runOfCheckpoints("mine", places);
  assert.deepEqual(run.steps, [0, 4096]);
  const checkpoint = await run.checkpoint(4096);
  assert.deepEqual([checkpoint.model, checkpoint.step], ["mine", 4096]);
  const own = await (await openRun("suite:nano-64")).checkpoint(512);
  assert.equal(await checkpoint.digest(), await own.digest());
});

Deno.test("a run of checkpoints is measured as any other", async () => {
  const measured = async (run: Parameters<typeof sampleNetworks>[0], steps: number[]) =>
    degreeOfEmergence(await multifractalSpectra(sampleNetworks(run, { samples: 1, steps })));
  const [, told] = await measured(runOfCheckpoints("mine", places), [0, 4096]);
  const [, own] = await measured(await openRun("suite:nano-64"), [0, 512]);
  assert.equal(told!.E, own!.E);
});

Deno.test("a run of checkpoints refuses a step that was not told and steps that are none", async () => {
  const run = runOfCheckpoints("mine", places);
  await throwsError(() => run.checkpoint(512), /step 512 of mine is not there; steps: 0, 4096/);
  assert.throws(() => runOfCheckpoints("mine", {}), /mine has no step; tell where one lies/);
  for (const step of [-1, 0.5]) {
    assert.throws(() => runOfCheckpoints("mine", { [step]: suite }), {
      name: "RangeError",
      message: `a step of mine is ${step}; steps are whole numbers from 0`,
    });
  }
});
