import assert from "node:assert/strict";
import { join } from "node:path";
import { writeWholeFile } from "../../../lib/files/write_whole_file.ts";
import { type AnalysisOptions, analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { mergeRuns } from "../../../lib/runs/merge_runs.ts";
import { analyzeRun, type AnalyzeRunOptions } from "../../../lib/runs/units/analyze_run.ts";
import { planFolder } from "../../../lib/runs/units/open_plan.ts";
import { planRun } from "../../../lib/runs/units/plan_run.ts";
import type { RunPlan } from "../../../lib/runs/units/run_plan.ts";
import { planFile } from "../../../lib/runs/units/stored_plan.ts";
import { filesBelow } from "../../e2e/neuromfa_command.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";

/** Keep a plan where {@linkcode openPlan} finds it. */
async function keep(plans: string, plan: RunPlan): Promise<string> {
  const path = join(planFolder(plans, plan.model), planFile(plan));
  await writeWholeFile(path, JSON.stringify(plan));
  return path;
}

/** Measure parts of the tiny run by its plan. */
function withPlan(
  test: (place: {
    plan: RunPlan;
    plans: string;
    run: string;
    folder: string;
    measure: (options: AnalysisOptions, more: Partial<AnalyzeRunOptions>) => Promise<unknown>;
  }) => Promise<void>,
): Promise<void> {
  return withTinyRun([0, 4], async ({ run, store, folder }) => {
    const plans = join(folder, "plans");
    const { plan } = await planRun(run, { options: tinyOptions() }, { store });
    await keep(plans, plan);
    const measure = (options: AnalysisOptions, more: Partial<AnalyzeRunOptions>) =>
      analyzeRun(run, { options }, { out: join(folder, "out"), store, plans, ...more });
    await test({ plan, plans, run, folder, measure });
  });
}

Deno.test("a part opens only the checkpoints that it measures, and the tables are those of a whole run", () =>
  withPlan(async ({ run, folder, measure }) => {
    const out = join(folder, "out"), options = tinyOptions();
    for (const [index, other] of [[1, "step4"], [2, "step0"]] as const) {
      await Deno.rename(join(run, other, "model.safetensors"), join(folder, "away"));
      // The folder keeps its name, for steps are listed; what is in it would be no checkpoint.
      await measure(options, { shard: { index, count: 2 } });
      await Deno.rename(join(folder, "away"), join(run, other, "model.safetensors"));
    }
    await mergeRuns({ from: [out], out });
    const whole = join(folder, "whole");
    await analyzeRun(run, { options }, { out: whole, store: join(folder, "networks") });
    assert.deepEqual(await filesBelow(out), await filesBelow(whole));
  }));

Deno.test("a part refuses a plan of other options, steps or versions, and a checkpoint that was replaced", () =>
  withPlan(async ({ plan, plans, run, folder, measure }) => {
    const shard = { index: 1, count: 1 }, options = tinyOptions();
    const refused = (
      message: RegExp,
      other: AnalysisOptions = options,
      more: Partial<AnalyzeRunOptions> = {},
    ) => throwsError(() => measure(other, { shard, ...more }), message);
    await refused(/plan-\w+\.json was made with samples 2, not 3; give the same/, {
      ...options,
      samples: 3,
    });
    await refused(/was made with part "not given", not "actor"/, { ...options, part: "actor" });
    await refused(
      /was made with network "sampled", not "full"/,
      analysisOptions({ network: "full" }),
    );
    await refused(/plan-\w+\.json has step 4 of nano-8, other than/, options, { steps: [0] });
    await refused(/nano-8 has no plan of nano-8; submit/, options, { plans: join(folder, "none") });
    const other = { ...plan, versions: { ...plan.versions, deno: "1.0.0" } };
    const path = await keep(plans, other);
    await refused(/nano-8 has several plans of nano-8/);
    await Deno.remove(join(planFolder(plans, plan.model), planFile(plan)));
    await refused(
      /was made by deno 1\.0\.0, and this is \d.*; use the same version on all machines/,
    );
    await Deno.remove(path);
    await keep(plans, plan);
    await Deno.copyFile(
      join(run, "step4", "model.safetensors"),
      join(run, "step0", "model.safetensors"),
    );
    await refused(/step0.* changed while it was measured; run again when it is complete/);
  }));
