/** From what several machines have measured to tables. */

import { join } from "node:path";
import { namesIn } from "../files/list_files.ts";
import { compareNfd } from "./nfd/compare_nfd.ts";
import { planDifference } from "./units/plan_difference.ts";
import { type RunPlan, unitsOf } from "./units/run_plan.ts";
import { isPlanFile, planFile, readPlan } from "./units/stored_plan.ts";
import { type Unit, unitName } from "./units/unit.ts";
import { DamagedUnit, unitsFolder, UnitStore } from "./units/unit_store.ts";
import { type AnalyzedRun, readerOf, writeTables } from "./units/write_tables.ts";

/** What is merged, and where tables go. */
export interface MergeRunsOptions {
  /** Folders of results that hold units. */
  readonly from: readonly string[];
  /** Folder that the tables go to. */
  readonly out: string;
  /** Names of the models; all that have units unless given. */
  readonly models?: readonly string[] | undefined;
  /** Keep the units when the tables are written. */
  readonly keepUnits?: boolean | undefined;
}

/**
 * Write the tables of runs whose units were measured in parts. They are the tables that one run gives. Every model's units
 * are looked over before the first table is written.
 *
 * @returns What was written, a model each.
 * @throws {Error} If a unit is missing or damaged, saying how many and which is the first, or the parts were measured with
 * different options.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions } from "neuromfa";
 * import { analyzeRun, mergeRuns } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * const wanted = { options: analysisOptions({ samples: 2 }) };
 * const place = { out, store: `${out}/networks`, steps: [0, 512] };
 * await analyzeRun("suite:nano-64", wanted, { ...place, shard: { index: 1, count: 2 } });
 * await assert.rejects(mergeRuns({ from: [out], out }), /2 of 4 units of nano-64 are missing/);
 * await analyzeRun("suite:nano-64", wanted, { ...place, shard: { index: 2, count: 2 } });
 * const [run] = await mergeRuns({ from: [out], out });
 * assert.deepEqual(run!.emergence!.tables.emergence.map(({ step }) => step), [0, 512]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function mergeRuns(
  { from, out, models, keepUnits = false }: MergeRunsOptions,
): Promise<AnalyzedRun[]> {
  const found: { plan: RunPlan; stores: UnitStore[]; units: Unit[] }[] = [];
  for (const model of models ?? await modelsIn(from)) {
    const plan = await planIn(from, model);
    const stores = from.map((folder) => new UnitStore(folder, plan));
    const units = unitsOf(plan);
    await refuseMissing(model, units, stores);
    found.push({ plan, stores, units });
  }
  const merged: AnalyzedRun[] = [];
  for (const { plan, stores } of found) merged.push(await writeTables(out, plan, readerOf(stores)));
  if (found.length > 1 && merged.every(({ nodes }) => nodes !== null)) {
    await compareNfd(found.map(({ plan }) => plan.model), { out });
  }
  for (const { stores, units } of keepUnits ? [] : found) {
    for (const store of stores) await store.tidy(undefined, units);
  }
  return merged;
}

async function modelsIn(from: readonly string[]): Promise<string[]> {
  const folders = from.map((folder) => join(folder, "units"));
  const models = new Set((await Promise.all(folders.map(namesIn))).flat());
  if (models.size > 0) return [...models].sort();
  throw new Error(
    `no units are in ${folders.join(", ")}; measure some with --shard, and name their --out with ` +
      "--from",
  );
}

async function planIn(from: readonly string[], model: string): Promise<RunPlan> {
  const plans = new Map<string, { plan: RunPlan; path: string }>();
  for (const folder of from.map((out) => unitsFolder(out, model))) {
    for (const name of (await namesIn(folder)).filter(isPlanFile)) {
      const path = join(folder, name), plan = await readPlan(path, model);
      plans.getOrInsert(planFile(plan), { plan, path });
    }
  }
  const [first, second] = [...plans.values()];
  if (first === undefined) {
    throw new Error(`${model} has no units in ${from.join(", ")}; measure some with --shard`);
  }
  if (second === undefined) return first.plan;
  throw new Error(
    `units of ${model} were measured for different runs: ${first.path} and ${second.path} differ in ` +
      `${planDifference(first.plan, second.plan)}; remove the one that is not meant`,
  );
}

async function refuseMissing(
  model: string,
  units: readonly Unit[],
  stores: readonly UnitStore[],
): Promise<void> {
  const missing: string[] = [];
  for (const unit of units) {
    const why = await missingIn(unit, stores);
    if (why !== null) missing.push(`${unitName(unit)}${why}`);
  }
  if (missing.length === 0) return;
  const [first] = missing;
  throw new Error(
    `${missing.length} of ${units.length} units of ${model} are missing, the first is ${first}; ` +
      "run the part with it again, or the whole run without --shard, and then merge",
  );
}

/** Why a unit is in none of some stores, `null` where one has it. */
async function missingIn(unit: Unit, stores: readonly UnitStore[]): Promise<string | null> {
  let why = "";
  for (const store of stores) {
    try {
      if (await store.readMeasured(unit) !== null) return null;
    } catch (error) {
      if (!(error instanceof DamagedUnit)) throw error;
      why = ` (${error.message})`;
    }
  }
  return why;
}
