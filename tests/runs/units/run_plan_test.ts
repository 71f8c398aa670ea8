import assert from "node:assert/strict";
import { fullAnalysisOptions } from "../../../lib/runs/full_analysis_options.ts";
import type { PartialNullModelChoice } from "../../../lib/runs/null_model_choice.ts";
import { runRecord } from "../../../lib/runs/run_record.ts";
import { checkShard, keyOf, unitsOf, unitsOfShard } from "../../../lib/runs/units/run_plan.ts";
import { unitName } from "../../../lib/runs/units/unit.ts";
import { unitsByStep } from "../../../lib/runs/units/units_by_step.ts";
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

/** A plan with two parts at two steps and a null model. */
function nullPlan(nullModel: PartialNullModelChoice) {
  const nodes = { threshold: 200, minimumEdges: 10, digits: 0 };
  const choices = { sampling: null, only: null, spectrum: null, nodes };
  const emergence = runRecord("toy", fullAnalysisOptions({ nullModel }), 150, new Map());
  return planOf([0, 8], [5, 6], { emergence, choices });
}

Deno.test("unitsOf() lists every draw of the null model of a checkpoint after the checkpoint", () => {
  const plan = nullPlan({ kind: "permute", draws: 2, seed: 4 });
  assert.deepEqual(unitsOf(plan).slice(6).map(unitName), [
    ...["step 8 layer 0", "step 8 layer 1"],
    ...["step 8 layer 0 of permute draw 0", "step 8 layer 1 of permute draw 0"],
    ...["step 8 layer 0 of permute draw 1", "step 8 layer 1 of permute draw 1"],
  ]);
  assert.deepEqual(unitsByStep(plan).map(({ units }) => units.map(unitName)), [
    ["step 0 layer 0", "step 0 layer 1"],
    ["step 8 layer 0", "step 8 layer 1"],
  ]);
  assert.equal(unitName(unitsByStep(plan, 1)[1]!.units[0]!), "step 8 layer 0 of permute draw 1");
  for (const count of [2, 5, 12]) {
    const shards = Array.from(
      { length: count },
      (_, i) => unitsOfShard(plan, { index: i + 1, count }),
    );
    assert.deepEqual(shards.flat(), unitsOf(plan));
    assert.ok(shards.every(({ length }) => length > 0));
  }
});

Deno.test("the key of a null model's unit tells its kind, draw and seed, and the untrained weights it is made of, and asks for no nodes", () => {
  const plan = nullPlan({ kind: "rescale", seed: 4 }), [own, , ofNull] = unitsOf(plan);
  const key = JSON.parse(keyOf(plan, ofNull!));
  assert.deepEqual(key.nullModel, {
    ...{ kind: "rescale", draw: 0, seed: 4, untrained: plan.checkpoints[0]!.sha256 },
  });
  assert.equal(key.choices.nodes, null);
  assert.equal(keyOf(plan, own!), keyOf({ ...plan, emergence: null }, own!));
});

Deno.test("unitsOf() refuses a plan of millions of units before it lists them", () => {
  const many = planOf(Array.from({ length: 1001 }, (_, i) => i), new Array(2000).fill(1));
  assert.throws(
    () => unitsOf(many),
    {
      name: "RangeError",
      message:
        "toy with 1001 steps of 2000 parts has 2002000 networks to measure, more than 2000000; " +
        "ask for fewer steps, samples or draws",
    },
  );
});

Deno.test("checkShard() takes parts of a whole and names what is out of bounds", () => {
  checkShard({ index: 8, count: 8 });
  assert.throws(
    () => checkShard({ index: 9, count: 8 }),
    /shard.index must be an integer from 1 to 8/,
  );
  assert.throws(() => checkShard({ index: 1, count: 1e9 }), /shard.count .* but it is 1000000000/);
});
