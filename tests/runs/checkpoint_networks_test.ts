import assert from "node:assert/strict";
import { openFullNetworks, sampledNetworksOfRun } from "../../lib/runs/checkpoint_networks.ts";
import { openSelectedRun } from "../../lib/runs/open_selected_run.ts";
import { selectSteps } from "../../lib/runs/select_steps.ts";
import { tinyOptions, withTinyRun } from "./tiny_run.ts";

Deno.test("openFullNetworks() has looked at every checkpoint, and has no networks to give whole", () =>
  withTinyRun([0, 4], async ({ run }) => {
    const opened = await openFullNetworks(run, undefined, {}, selectSteps);
    assert.equal(opened.model, "nano-8");
    assert.deepEqual(opened.steps, [0, 4]);
    assert.deepEqual([...opened.digests.keys()], [0, 4]);
    assert.equal(new Set(opened.digests.values()).size, 2);
    assert.deepEqual(opened.place, { kind: "run", name: run });
    assert.throws(() => opened.networks(), /^Error: a full network of nano-8 is measured part by/);
  }));

Deno.test("sampledNetworksOfRun() says the same of a run as openFullNetworks(), and samples it", () =>
  withTinyRun([0, 4], async ({ run }) => {
    const selected = await openSelectedRun(run, undefined, {});
    const { networks, ...sampled } = await sampledNetworksOfRun(run, selected, tinyOptions());
    const { networks: _, ...full } = await openFullNetworks(run, undefined, {}, selectSteps);
    assert.deepEqual({ ...sampled, run: null }, { ...full, run: null });
    const drawn = await Array.fromAsync(networks([4]), ({ step, sample }) => [step, sample]);
    assert.deepEqual(drawn, [[4, 0], [4, 1]]);
  }));
