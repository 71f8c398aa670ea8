import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { extractModel } from "../../lib/runs/extract_model.ts";
import { selectSteps } from "../../lib/runs/select_steps.ts";
import { openStoredNetworks, stepsOfStoredModel } from "../../lib/runs/stored_networks.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { tinyOptions, withTinyRun } from "./tiny_run.ts";

const options = tinyOptions();

async function open(store: string, more: object = {}, steps?: number[]) {
  const there = (await stepsOfStoredModel(store, "nano-8"))!;
  const wanted = { ...options, ...more };
  return await openStoredNetworks(store, "nano-8", there, wanted, steps, {}, selectSteps);
}

Deno.test("stepsOfStoredModel() knows a name that can mean nothing but a model in the store", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    assert.equal(await stepsOfStoredModel(store, "nano-8"), null);
    await extractModel(run, { options, store });
    assert.deepEqual(await stepsOfStoredModel(store, "nano-8"), [0, 4]);
    for (const name of ["nano-9", run, "./nano-8", "suite:nano-64"]) {
      assert.equal(await stepsOfStoredModel(store, name), null, name);
    }
    const before = Deno.cwd();
    Deno.chdir(dirname(run));
    try {
      assert.equal(await stepsOfStoredModel(store, "nano-8"), null);
    } finally {
      Deno.chdir(before);
    }
  }));

Deno.test("openStoredNetworks() refuses other options and incomplete steps", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    await extractModel(run, { options, store });
    await throwsError(
      () => open(store, { edges: "sampled" }),
      /^the stored networks of nano-8 at step 0 were extracted with edges all, not sampled; give the same option/,
    );
    await throwsError(
      () => open(store, {}, [0, 16]),
      /^checkpoint step 16 of nano-8 is not there; steps: 0, 4$/,
    );
    await Deno.remove(join(store, "nano-8", "step4", "networks.json"));
    await throwsError(
      () => open(store),
      /step4 has no networks\.json, so its networks may be incomplete; extract them again$/,
    );
    await Deno.remove(join(store, "nano-8", "step0"), { recursive: true });
    await throwsError(
      () => open(store),
      /^nano-8 cannot be measured without step 0/,
    );
  }));
