import assert from "node:assert/strict";
import { join } from "node:path";
import { extractModel } from "../../../lib/runs/store/extract_model.ts";
import { preprocessModel } from "../../../lib/runs/store/preprocess_model.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";

const options = tinyOptions();

Deno.test("preprocessModel() counts the networks, nodes and edges of a store or of checkpoints alike", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    const told: [number, number][] = [];
    const onNetwork = (done: number, total: number) => told.push([done, total]);
    const sampled = await preprocessModel(run, { options, store, onNetwork });
    assert.deepEqual(told, [[1, 4], [2, 4], [3, 4], [4, 4]]);
    assert.equal(sampled.source, run);
    // 2 blocks of 8 × 3 neurons in each of 4 networks; of their edges a few are exact zeros and none.
    assert.deepEqual([sampled.model, sampled.networks, sampled.nodes], ["nano-8", 4, 192]);
    assert.ok(sampled.edges > 2000 && sampled.edges < 4 * 2 * (3 * (24 + 8 + 32) + 6 * 8 + 9 * 8));
    await extractModel(run, { options, store });
    const stored = await preprocessModel(run, { options, store });
    assert.deepEqual(stored, { ...sampled, source: join(store, "nano-8") });
  }));

Deno.test("preprocessModel() looks at the steps asked for", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    const { networks } = await preprocessModel(run, { options, store, steps: [0] });
    assert.equal(networks, 2);
  }));

Deno.test("preprocessModel() finds a damaged network and names its file", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    await extractModel(run, { options, store });
    const path = join(store, "nano-8", "step4", "sample1.npy");
    await Deno.truncate(path, 1000);
    await throwsError(
      () => preprocessModel(run, { options, store }),
      /step4\/sample1\.npy can't be read: .*; extract the networks again$/,
    );
  }));
