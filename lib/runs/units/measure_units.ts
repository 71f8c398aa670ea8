/** From the units that are missing to their files. */

import { measurerHere, measurerInWorker, type UnitMeasurer } from "../workers/unit_crew.ts";
import type { PlannedRun } from "./plan_run.ts";
import { choicesOf, type PlannedPart } from "./run_plan.ts";
import type { Unit } from "./unit.ts";
import type { MeasuredUnits } from "./unit_store.ts";
import type { Claim } from "../../files/claim.ts";

/** Milliseconds of work that a further worker must have before it, for starting one takes a tenth of a second. */
const WORTH_A_WORKER = 500;
/** Milliseconds under which a first unit says little: it also takes what opening a model and compiling the code take. */
const SAYS_LITTLE = 1000;

/** Weights that are worth a task of their own, some hundredths of a second of counting: handing one over takes a thousandth. */
const WORTH_A_TASK = 2 ** 23;

/** Where units are measured and kept, by how many, and whom that tells. */
interface MeasureUnitsOptions extends PlannedRun {
  readonly store: MeasuredUnits;
  /** Workers, 1 for none beside this process; as many as `cores` and the work make good use of, unless given. */
  readonly workers?: number | undefined;
  /** Processors that workers may take where their number is not given. */
  readonly cores: number;
  /** Called with each unit that is there: after it is written, or when another process was found to have written it. */
  readonly onUnit: (unit: Unit, weights: number) => void;
  /** Stops between two units; work that workers have begun is dropped. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Measure units and keep each as soon as it is done. Each is claimed first; what another process has claimed is left to it,
 * waited for at the end, and measured here only if that process has died. The files are the same whatever the number of
 * workers; those that are finished are kept if one cannot be measured or written.
 */
export async function measureUnits(
  units: readonly Unit[],
  options: MeasureUnitsOptions,
): Promise<void> {
  const { source, place, workers, cores, signal } = options;
  signal?.throwIfAborted();
  const team = (size: number) =>
    size < 2 ? [measurerHere(source)] : Array.from({ length: size }, () => measurerInWorker(place));
  if (workers !== undefined) {
    return await measureWith(team(Math.min(workers, units.length)), units, options);
  }
  const [first] = units;
  if (first === undefined) return;
  const { sampling } = options.plan.choices, left = [...units];
  if (sampling !== null) {
    // The rows of the first sample are not fetched apart from those of its neighbours.
    await source.bring(units.filter(({ step }) => step === first.step), options.plan.choices);
  }
  /** Milliseconds that each unit of the next task takes. */
  const timed = async () => {
    const some = left.splice(0, sampling?.edges === "all" ? sharingOneReading(left) : 1);
    const began = performance.now();
    await measureWith(team(1), some, options);
    const taken = performance.now() - began;
    return { taken, each: taken / some.length };
  };
  let time = await timed();
  if (time.taken < SAYS_LITTLE && left.length > 1) time = await timed();
  const work = time.each * left.length;
  const wanted = Math.min(cores, left.length, Math.floor(work / WORTH_A_WORKER));
  await measureWith(team(wanted), left, options);
}

/**
 * How many of some units, from the first on, are samples of the same network: with all edges its
 * file is read once for them.
 */
function sharingOneReading(units: readonly Unit[]): number {
  const [{ step, nullModel }] = units as [Unit];
  const end = units.findIndex((unit) => unit.step !== step || unit.nullModel !== nullModel);
  return end < 0 ? units.length : end;
}

async function measureWith(
  team: readonly UnitMeasurer[],
  units: readonly Unit[],
  options: MeasureUnitsOptions,
): Promise<void> {
  const { plan, source, store, onUnit, signal } = options;
  const tasks = tasksFor(units, team.length, options);
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  stopped.catch(() => {});
  // One task is claimed ahead, by whom nobody knows yet, so that no measurer waits for a claim. A generator answers one
  // call after another, so that no task is taken twice.
  let ahead = tasks.next();
  const take = () => {
    const taken = ahead;
    ahead = tasks.next();
    ahead.catch(() => {});
    return taken;
  };
  const lane = async (measurer: UnitMeasurer) => {
    for (let next = await take(); !next.done; next = await take()) {
      const units = next.value.map(({ unit }) => unit);
      try {
        const keys = units.map((unit) => store.key(unit));
        const choices = choicesOf(plan, units[0]!);
        await measurer.measure({ units, keys, choices }, async (index, bytes, weights) => {
          const unit = units[index]!;
          await source.check(unit);
          await store.write(unit, bytes);
          onUnit(unit, weights);
          signal?.throwIfAborted();
        });
      } finally {
        for (const { claim } of next.value) claim[Symbol.dispose]();
      }
    }
  };
  try {
    await Promise.race([stopped, Promise.all(team.map(lane))]);
  } finally {
    for (const measurer of team) measurer[Symbol.dispose]();
    // Not awaited: it may be waiting for a transfer or for another process.
    tasks.return().catch(() => {});
    ahead.then(({ value }) => value?.forEach(({ claim }) => claim[Symbol.dispose]())).catch(
      () => {},
    );
  }
}

/** A unit with the claim on it, to be ended when it is done with. */
type ClaimedUnit = { readonly unit: Unit; readonly claim: Claim };

/** Units of one network that a measurer takes at a time, step after step, in as few tasks as keep everybody at work. */
async function* tasksFor(
  units: readonly Unit[],
  measurers: number,
  { source, store, plan: { choices, parts }, onUnit }: MeasureUnitsOptions,
): AsyncGenerator<readonly ClaimedUnit[], void, void> {
  const steps = [...Map.groupBy(units, ({ step }) => step).values()];
  const networks = steps.flatMap((step) =>
    [...Map.groupBy(step, ({ nullModel }) => nullModel?.draw).values()]
      .map((units, place) => ({ units, rest: place === 0 ? step.slice(units.length) : [] }))
  );
  // Every further task of samples with all edges reads the file of its network again.
  const tasks = choices.sampling?.edges === "all" ? measurers : 2 * measurers;
  const inNetwork = Math.max(1, Math.ceil(tasks / Math.max(1, networks.length)));
  const elsewhere: Unit[] = [];
  const claimed = async (unit: Unit, wait: boolean): Promise<Claim | null> => {
    const claim = await store.claim(unit, { wait });
    if (claim === null) elsewhere.push(unit);
    else if (await store.has(unit).catch(() => false)) {
      claim[Symbol.dispose]();
      onUnit(unit, 0);
    } else return claim;
    return null;
  };
  for (const { units, rest } of networks) {
    // Samples share rows, which are brought for all of them together; layers share none.
    const groups = choices.sampling === null
      ? layersTogether(units, parts, Math.ceil(units.length / inNetwork))
      : [units];
    for (const group of groups) {
      const own: ClaimedUnit[] = [];
      try {
        for (const unit of group) {
          const claim = await claimed(unit, false);
          if (claim) own.push({ unit, claim });
        }
        const wanted = own.map(({ unit }) => unit);
        // What the step's null models need besides comes along.
        if (choices.sampling !== null && wanted.length > 0) wanted.push(...rest);
        await source.bring(wanted, choices);
        const isOne = measurers === 1 || choices.sampling === null;
        const size = isOne ? own.length : Math.ceil(own.length / inNetwork);
        while (own.length > 0) yield own.splice(0, size);
      } finally {
        for (const { claim } of own) claim[Symbol.dispose]();
      }
    }
  }
  for (const unit of [...elsewhere]) {
    const claim = await claimed(unit, true);
    if (claim === null) continue;
    await source.bring([unit], choices);
    yield [{ unit, claim }];
  }
}

/** Layers of one network in groups of at most `most`, each with weights that are worth a task if it can have them. */
function layersTogether(
  units: readonly Unit[],
  parts: readonly PlannedPart[],
  most: number,
): Unit[][] {
  const weightsOf = new Map(parts.map(({ index, weights }) => [index, weights]));
  const groups: Unit[][] = [];
  let weights = WORTH_A_TASK;
  for (const unit of units) {
    if (weights >= WORTH_A_TASK || groups.at(-1)!.length === most) {
      groups.push([]);
      weights = 0;
    }
    groups.at(-1)!.push(unit);
    weights += weightsOf.get(unit.part.index)!;
  }
  return groups;
}
