import assert from "node:assert/strict";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { runRecord } from "../../../lib/runs/run_record.ts";
import { planDifference } from "../../../lib/runs/units/plan_difference.ts";
import { planOf } from "./plans.ts";

/** A plan of these options. */
function plan(options: Parameters<typeof analysisOptions>[0], steps = [0, 8]) {
  return planOf(steps, [1], {
    emergence: runRecord("toy", analysisOptions(options), 150, new Map()),
  });
}

Deno.test("planDifference() says in what two plans differ: an option, a version, a step or its weights", () => {
  const one = plan({ samples: 10 });
  assert.equal(planDifference(one, plan({ samples: 4 })), "samples 10 and 4");
  assert.equal(planDifference(one, plan({ part: "actor" })), 'part "not given" and "actor"');
  assert.equal(planDifference(plan({ part: "actor" }), one), 'part "actor" and "not given"');
  const fixed = plan({ radii: { min: 5, max: 100 } });
  assert.equal(planDifference(one, fixed), 'radii "occurring" and {"min":5,"max":100}');
  assert.equal(
    planDifference(one, { ...one, versions: { neuromfa: "1" } }),
    'neuromfa "0" and "1"',
  );
  const step = "step 9, which only one of them has";
  assert.equal(planDifference(one, plan({ samples: 10 }, [0, 8, 9])), step);
  assert.equal(planDifference(plan({ samples: 10 }, [0, 8, 9]), one), step);
  const [first] = one.checkpoints;
  const changed = { ...one, checkpoints: [first!, { step: 8, sha256: "f".repeat(64) }] };
  assert.equal(planDifference(one, changed), "the weights of step 8");
});
