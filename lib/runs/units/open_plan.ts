/** A plan that was made before, and the checkpoints that it is about. */

import { join } from "node:path";
import { declaredRun } from "../../architectures/declared_run.ts";
import { chooseSteps, type RunOfSteps } from "../../checkpoints/choose_steps.ts";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { openRun } from "../../checkpoints/open_run.ts";
import { untrainedRun } from "../../emergence/null_models/untrained_run.ts";
import { namesIn } from "../../files/list_files.ts";
import { plainName } from "../../files/plain_name.ts";
import { shown } from "../../messages/shown.ts";
import { RelatedSteps } from "../../networks/related_steps.ts";
import { type AnalysisOptions, analysisOptions, firstDifference } from "../analysis_options.ts";
import { isDrawn } from "../open_selected_run.ts";
import { versions } from "../run_record.ts";
import { placeOfRun, stepsOfStoredModel } from "../store/model_networks.ts";
import { chosenNames, type PlannedRun, type PlanRunOptions } from "./plan_run.ts";
import type { RunPlan } from "./run_plan.ts";
import { isPlanFile, readPlan } from "./stored_plan.ts";
import { RunSource, storeSource } from "./unit_source.ts";

/** The folder of a model's plan in a folder of plans. */
export function planFolder(plans: string, model: string): string {
  return join(plans, plainName(model, "the model's name"));
}

/**
 * Open a model by a plan that was made of it: no checkpoint is opened before one of its units is
 * measured, and then it must be the one that was planned.
 *
 * @param source What {@linkcode openRun} opens, or the name of a model in the store.
 * @throws {Error} If there is no plan of the model, or not one of these options, steps and versions.
 */
export async function openPlan(
  source: string,
  options: AnalysisOptions,
  plans: string,
  access: PlanRunOptions,
): Promise<PlannedRun> {
  const { store, steps, stepsPattern, transfer, onProgress, onWarning, allowUnrelated } = access;
  const { weights } = options;
  if (await stepsOfStoredModel(store, source)) {
    const { plan, path } = await planOf(plans, source);
    checkPlan(plan, path, options);
    const place = { kind: "store", store, model: source } as const;
    return { plan, source: storeSource(store, source), place };
  }
  const found = await openRun(source, {
    ...{ stepsPattern, weights, transfer },
    ...onProgress && { onProgress },
    ...onWarning && { onWait: onWarning },
  });
  const { plan, path } = await planOf(plans, found.model);
  checkPlan(plan, path, options);
  checkSteps(plan, path, found, steps);
  const { declared = {} } = plan.choices;
  let run: CheckpointRun = declaredRun(found, declared);
  const { baseline } = options;
  if (isDrawn(baseline)) {
    run = (await untrainedRun(run, baseline.init, plan.checkpoints[1]?.step)).run;
  }
  return {
    plan,
    source: new RunSource(run, allowUnrelated ? undefined : new RelatedSteps(run)),
    place: placeOfRun(source, { stepsPattern, weights, baseline }, declared),
  };
}

/** The plan of a model in a folder of plans. */
export async function readPlanOf(plans: string, model: string): Promise<RunPlan> {
  return (await planOf(plans, model)).plan;
}

/** The one plan of a model in a folder of plans. */
async function planOf(plans: string, model: string): Promise<{ plan: RunPlan; path: string }> {
  const folder = planFolder(plans, model);
  const [name, another] = (await namesIn(folder)).filter(isPlanFile);
  if (name === undefined || another !== undefined) {
    const many = name === undefined ? "no plan" : "several plans";
    throw new Error(`${folder} has ${many} of ${model}; submit the run again`);
  }
  const path = join(folder, name);
  return { plan: await readPlan(path, model), path };
}

/** Refuse a plan that was made by other options or versions. */
function checkPlan(plan: RunPlan, path: string, options: AnalysisOptions): void {
  const { layers, emergence } = plan;
  const given = analysisOptions(options, "analyzeRun");
  const wanted = {
    ...given,
    ...given.layers && { layers: chosenNames(given.layers, layers) },
    ...given.roles && { roles: chosenNames(given.roles, layers) },
  };
  const other = firstDifference(wanted, emergence!.options) ??
    firstDifference(emergence!.options, wanted);
  if (other !== null) {
    throw new Error(
      `${path} was made with ${other.name} ${shown(emergenceOf(plan, other.name))}, not ` +
        `${shown((wanted as Record<string, unknown>)[other.name] ?? "not given")}; give the same ` +
        "options, or leave the plans out",
    );
  }
  const version = firstDifference(versions(), plan.versions);
  if (version !== null) {
    const [here, there] = version.values;
    throw new Error(
      `${path} was made by ${version.name} ${there}, and this is ${here}; use the same version on ` +
        "all machines, or submit the run again",
    );
  }
}

function emergenceOf({ emergence }: RunPlan, name: string): unknown {
  return (emergence!.options as unknown as Record<string, unknown>)[name] ?? "not given";
}

/** Refuse a plan of other steps than are asked for; what was left out of it, it says in its notes. */
function checkSteps(
  { model, checkpoints, emergence }: RunPlan,
  path: string,
  run: RunOfSteps,
  asked: readonly number[] | string | undefined,
): void {
  if (asked === undefined) return;
  const { baseline, notes } = { ...emergence!.options, notes: emergence!.notes };
  const planned = checkpoints.map(({ step }) => step);
  const chosen = chooseSteps(run, asked);
  const other =
    planned.find((step) => !chosen.includes(step) && !(step === 0 && isDrawn(baseline))) ??
      (notes === undefined ? chosen.find((step) => !planned.includes(step)) : undefined);
  if (other === undefined) return;
  const which = planned.includes(other) ? "has" : "lacks";
  throw new Error(
    `${path} ${which} step ${other} of ${model}, other than the steps asked for; give the same ` +
      "steps, or leave the plans out",
  );
}
