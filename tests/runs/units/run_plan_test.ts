import assert from "node:assert/strict";
import { unitsOf, unitsOfShard } from "../../../lib/runs/units/run_plan.ts";
import { unitName } from "../../../lib/runs/units/unit.ts";
import { planOf } from "./plans.ts";

Deno.test("unitsOf() lists every part of every checkpoint, checkpoint by checkpoint", () => {
  const names = unitsOf(planOf([0, 8], [5, 6])).map(unitName);
  assert.deepEqual(names, ["step 0 layer 0", "step 0 layer 1", "step 8 layer 0", "step 8 layer 1"]);
});

Deno.test("unitsOfShard() gives each unit to one shard, in the plan's order", () => {
  const plan = planOf([0, 1, 2, 4, 8], [3, 0, 10, 1]);
  for (const count of [1, 2, 3, 7, 20, 50]) {
    const shards = Array.from(
      { length: count },
      (_, i) => unitsOfShard(plan, { index: i + 1, count }),
    );
    assert.deepEqual(shards.flat(), unitsOf(plan), `${count} shards`);
  }
});

Deno.test("unitsOfShard() shares out the work evenly, and keeps checkpoints together", () => {
  const weights = [4, 4, 1, 16, 16, 4, 4, 1, 16, 16];
  const plan = planOf(Array.from({ length: 154 }, (_, i) => i), weights);
  const share = 154 * 82 / 8;
  const stepsOf = [];
  for (let index = 1; index <= 8; index++) {
    const units = unitsOfShard(plan, { index, count: 8 });
    const work = units.reduce((sum, { part }) => sum + weights[part.index]!, 0);
    assert.ok(Math.abs(work - share) <= 16, `${work} of ${share}`);
    stepsOf.push(new Set(units.map(({ step }) => step)));
  }
  const shared = stepsOf.reduce((sum, { size }) => sum + size, 0) - 154;
  assert.ok(shared <= 7, `${shared} checkpoints are in two shards`);
});
