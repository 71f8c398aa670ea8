import assert from "node:assert/strict";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import type { TransferPlan } from "../../lib/checkpoints/hub/transfer_plan.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { transferPlans } from "../../lib/networks/transfer_plans.ts";
import { openTestRun } from "../helpers/hub_run.ts";
import { serveHub } from "../helpers/hub_server.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { PYTHIA_STEPS, tinyPythia } from "../helpers/tiny_hub/pythia.ts";
import { withFolder } from "../helpers/with_folder.ts";

const repository = "EleutherAI/pythia-70m";

Deno.test("sampleNetworks() tells once, before it moves anything, what all samples of its steps move", () =>
  withFolder(async (cache) => {
    const unread = PYTHIA_STEPS.filter((step) => ![512, 1000].includes(step));
    const branches = await tinyPythia([512, 1000], { unread });
    await using hub = serveHub(repository, branches, { pageSize: 100 });
    const run = await openTestRun(hub, `hf:${repository}`, cache);
    const told: { plans: readonly TransferPlan[]; before: number }[] = [];
    const onTransfer = (plans: readonly TransferPlan[]) =>
      void told.push({ plans, before: hub.bytes });
    const options = { samples: 2, layerSample: 4, edges: "sampled", onTransfer } as const;
    const steps = [512, 1000];
    const seen = await Array.fromAsync(
      sampleNetworks(run, { ...options, steps }),
      ({ step }) => step,
    );
    assert.deepEqual(seen, [512, 512, 1000, 1000]);
    const [{ plans, before }, ...more] = told as [typeof told[0]];
    assert.deepEqual([plans.length, more], [2, []]);
    const planned = plans.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(planned > 0 && hub.bytes - before === planned, `${hub.bytes} ${before} ${planned}`);
    // What was brought is not brought again, and then there is nothing to tell.
    await Array.fromAsync(sampleNetworks(run, { ...options, steps }));
    assert.equal(told.length, 1);
  }));

Deno.test("sampleNetworks() refuses a step on the hub whose weights are those of one that is not sampled", () =>
  withFolder(async (cache) => {
    const branches = await tinyPythia([0], { unread: [8, 16] });
    await using hub = serveHub(repository, { ...branches, step0: branches.step8! });
    const run = await openTestRun(hub, `hf:${repository}`, cache);
    await throwsError(
      () => Array.fromAsync(sampleNetworks(run, { steps: [0, 16] })),
      /^steps 0 and 8 of pythia-70m hold the same weights in hf:EleutherAI\/pythia-70m, /,
    );
  }));

Deno.test("transferPlans() has none for files on disk", async () => {
  const run = await openRun("suite:nano-32");
  const requestsOf = () => assert.fail("nobody needs to know");
  assert.deepEqual(await transferPlans(run, [0, 512], requestsOf), []);
});
