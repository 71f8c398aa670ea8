import assert from "node:assert/strict";
import { checkPlanFile, isPlanFile, planFile } from "../../../lib/runs/units/stored_plan.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { planOf } from "./plans.ts";

const plan = planOf([0, 8], [1, 1], {
  layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
});

Deno.test("planFile() gives each plan a name of its own, as checkPlanFile() finds it again", () => {
  const name = planFile(plan);
  assert.match(name, /^plan-[0-9a-f]{16}\.json$/);
  assert.ok(isPlanFile(name));
  assert.notEqual(planFile({ ...plan, model: "other" }), name);
  for (const indent of [0, 2]) checkPlanFile(`/a/${name}`, JSON.stringify(plan, null, indent));
});

Deno.test("isPlanFile() takes no other file for a plan's", () => {
  for (
    const name of [".plan-0a.json.x.partial", "plan-0a.json.lock", "plan-.json", "in-use.lock"]
  ) {
    assert.equal(isPlanFile(name), false);
  }
});

Deno.test("checkPlanFile() refuses a plan of which anything was changed", async () => {
  const text = JSON.stringify(plan);
  const deep = `${"[".repeat(1e5)}${"]".repeat(1e5)}`;
  const changed = [
    text.replace('"role":"input"', '"role":"output"'),
    text.replace('"size":4', '"size":5'),
    text.replace('"toy"', '"../../toy"'),
    text.replace("{", `{"more":${deep},`),
    ...["", "null", deep],
  ];
  for (const other of changed) {
    await throwsError(
      () => checkPlanFile(`/a/${planFile(plan)}`, other),
      /^\/a\/plan-.*\.json was changed since it was written, for its name tells another digest; remove it and/,
    );
  }
});
