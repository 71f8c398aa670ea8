import assert from "node:assert/strict";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { medianLength } from "../../lib/networks/median_length.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { thresholdLength } from "../../lib/runs/threshold_length.ts";
import { withTinyRun } from "./tiny_run.ts";

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
