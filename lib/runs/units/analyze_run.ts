/** From the name of a model to all tables that are wanted of it: each network is read and measured once. */

import { ifThere } from "../../files/list_files.ts";
import { OPTIONS } from "../../options/options.ts";
import { checkOption } from "../../options/read_options.ts";
import { measureUnits } from "./measure_units.ts";
import { openPlan } from "./open_plan.ts";
import { type PlannedRun, planRun, type PlanRunOptions, type WantedTables } from "./plan_run.ts";
import { unitsOf, unitsOfShard } from "./run_plan.ts";
import type { Shard } from "../../options/values.ts";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { type Unit, unitName } from "./unit.ts";
import { forgetStopped, keepStopped, stoppedUnits, type UnitsInMemory } from "./stopped_units.ts";
import { DamagedUnit, type MeasuredUnits, memoryStore, UnitStore } from "./unit_store.ts";
import { type AnalyzedRun, readerOf, tablesOf, tablesThere, writeTables } from "./write_tables.ts";

/** Where a run is read and written, by how many it is measured, and whom it tells. */
export interface AnalyzeRunOptions extends PlanRunOptions {
  /** Folder of the results; unfinished runs keep their units in `<out>/units/<model>/`. */
  readonly out: string;
  /** Leave tables alone that were made from the same checkpoints by the same options and versions. */
  readonly skipExisting?: boolean | undefined;
  /** Workers that measure, each on a processor of its own; 1, which is no worker, unless given; `auto` for as many as pay. */
  readonly workers?: number | "auto" | undefined;
  /** Measure one part of the units and write no table. */
  readonly shard?: Shard | undefined;
  /** A folder of plans, one of which is of this model: checkpoints are looked over only where they are measured. */
  readonly plans?: string | undefined;
  /** Keep units when the tables are written, so that another run of more steps or samples need not measure them again. */
  readonly keepUnits?: boolean | undefined;
  /** Stops the run; what is measured by then is kept, in `out` or in memory, and the same call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** Called at the start and after each network with the networks measured, their number in all, and the weights read so far. */
  readonly onNetwork?: ((measured: number, total: number, weights: number) => void) | undefined;
}

/**
 * Measure a run and write its tables. Each unit is kept as soon as it is measured, so that a run that was stopped at any
 * moment goes on where it was, and nothing is written over before everything is measured.
 *
 * @param source What {@linkcode openRun} opens or has opened, or the name of a model in the store.
 * @param wanted What decides the tables of E and those of node fractal dimensions; both are made of one reading.
 * @throws {Error} If a checkpoint cannot be measured or a file cannot be written.
 * @throws {RangeError} If an option is out of range, or there are millions of networks to measure.
 */
export async function analyzeRun(
  source: string | CheckpointRun,
  wanted: WantedTables,
  options: AnalyzeRunOptions,
): Promise<AnalyzedRun> {
  const { out, skipExisting = false, shard, keepUnits = false, workers = 1 } = options;
  checkOption("workers", OPTIONS.workers, workers);
  if (shard !== undefined) checkOption("shard", OPTIONS.shard, shard);
  const { plans } = options;
  const planned = plans === undefined || typeof source !== "string"
    ? await planRun(source, wanted, options)
    : await openPlan(source, wanted.options, plans, options);
  const { plan } = planned;
  const there = skipExisting && await tablesThere(out, plan);
  if (there) return there;
  const store = new UnitStore(out, plan);
  const held = await store.claimFolder();
  try {
    await store.writePlan();
    const units = unitsOf(plan);
    if (shard !== undefined) {
      await measureMissing(planned, store, unitsOfShard(plan, shard), options);
      const counts = { total: units.length, missing: units.length - await store.count(units) };
      return { plan, emergence: null, nodes: null, units: counts };
    }
    const tables = await measureAndWrite(planned, store, units, options);
    if (!keepUnits) await store.tidy(held, units);
    return tables;
  } finally {
    // Parts may run on machines that do not see each other's locks, where one would remove what
    // another writes.
    if (shard !== undefined) held[Symbol.dispose]();
    // What goes wrong here must not hide what went wrong before.
    else await store.tidy(held).catch(() => {});
  }
}

/** Measure units until all can be read, and write the tables. */
async function measureAndWrite(
  planned: PlannedRun,
  store: UnitStore,
  units: readonly Unit[],
  options: AnalyzeRunOptions,
): Promise<AnalyzedRun> {
  const repaired = new Set<string>();
  for (;;) {
    await measureMissing(planned, store, units, options);
    try {
      using _alone = await store.claimTables();
      return await writeTables(options.out, planned.plan, readerOf([store]));
    } catch (error) {
      if (!(error instanceof DamagedUnit)) throw error;
      // It was whole a moment ago. A disk that spoils the same unit twice will do so again.
      if (repaired.has(error.path)) {
        throw new Error(
          `${error.message}, though it was measured again; check the disk or choose another folder`,
          { cause: error },
        );
      }
      repaired.add(error.path);
      // A whole file that holds something else would be taken for the unit again.
      await ifThere(Deno.remove(error.path, { recursive: true }));
    }
  }
}

/**
 * Measure a run and keep its units in memory: nothing is written before `write` is called with a folder. What is measured when a
 * signal stops it is kept for the next measurement here that wants the same.
 */
export async function measureInMemory(
  source: string | CheckpointRun,
  wanted: WantedTables,
  options: Omit<AnalyzeRunOptions, "out" | "skipExisting" | "shard" | "keepUnits">,
): Promise<{ analyzed: AnalyzedRun; write: (out: string) => Promise<void> }> {
  const planned = await planRun(source, wanted, options), { plan } = planned;
  const units: UnitsInMemory = new Map();
  const store = memoryStore(plan, units, stoppedUnits()), read = readerOf([store]);
  try {
    await measureMissing(planned, store, unitsOf(plan), options);
  } catch (error) {
    if (options.signal?.aborted) keepStopped(units);
    throw error;
  }
  forgetStopped(units);
  const write = async (out: string) => void await writeTables(out, plan, read);
  return { analyzed: await tablesOf(plan, read), write };
}

async function measureMissing(
  planned: PlannedRun,
  store: MeasuredUnits,
  units: readonly Unit[],
  options: Omit<AnalyzeRunOptions, "out">,
): Promise<void> {
  const { onNetwork, signal, workers = 1 } = options;
  const missing = await missingUnits(store, units, options);
  let done = units.length - missing.length, read = 0;
  onNetwork?.(done, units.length, read);
  await measureUnits(missing, {
    ...{ ...planned, store, signal },
    workers: workers === "auto" ? undefined : workers,
    cores: navigator.hardwareConcurrency,
    onUnit: (_, weights) => onNetwork?.(++done, units.length, read += weights),
  });
}

/** The units that are not there; a damaged one counts as missing, with a warning. */
async function missingUnits(
  store: MeasuredUnits,
  units: readonly Unit[],
  { onWarning }: Pick<AnalyzeRunOptions, "onWarning">,
): Promise<Unit[]> {
  const missing: Unit[] = [];
  for (const unit of units) {
    const isThere = await store.has(unit).catch((error) => {
      if (!(error instanceof DamagedUnit)) throw error;
      onWarning?.(`${unitName(unit)} is measured again: ${error.message}`);
      return false;
    });
    if (!isThere) missing.push(unit);
  }
  return missing;
}
