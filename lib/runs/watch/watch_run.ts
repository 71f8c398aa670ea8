/** A training's folder, followed: each checkpoint is measured once, as soon as it is complete. */

import { basename, dirname, join, resolve } from "node:path";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { openRun } from "../../checkpoints/open_run.ts";
import { STEP_FORMS, stepReader } from "../../checkpoints/step_names.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../../emergence/excess_emergence.ts";
import { plainName } from "../../files/plain_name.ts";
import type { BenchmarkScore } from "../../scores/score_table.ts";
import type { AnalysisOptions } from "../analysis_options.ts";
import { saysNoFaultOfSystem } from "../complete_steps.ts";
import { modelScores } from "../model_scores.ts";
import { isDrawn, type RunAccess } from "../open_selected_run.ts";
import { tablePaths } from "../tables.ts";
import { analyzeRun, type AnalyzeRunOptions } from "../units/analyze_run.ts";
import { planFile } from "../units/stored_plan.ts";
import { ifThere } from "../../files/list_files.ts";
import { claimFile } from "../../files/claim.ts";
import { unitsFolder } from "../units/unit_store.ts";
import type { AnalyzedRun } from "../units/write_tables.ts";
import { memoryPath, readMemory, type StepMemory, writeMemory } from "./watch_memory.ts";
import { type Look, lookAt } from "./watched_folder.ts";
import { remember, tellApart, watchedRun } from "./watched_run.ts";

/** How a training is followed, and who hears of it. */
export interface WatchRunOptions extends
  Pick<
    RunAccess,
    "allowDuplicates" | "allowUnrelated" | "stepsPattern" | "command" | "onWarning"
  >,
  Pick<AnalyzeRunOptions, "workers" | "onNetwork"> {
  /** Folder of the results. */
  readonly out: string;
  /** Waits between two looks at the folder; resolves to `false` where there shall be no other. */
  readonly wait: () => Promise<boolean>;
  /** Ends when this step, or a later one, is measured. */
  readonly untilStep?: number | undefined;
  /** Stops the work; what is measured by then is kept. */
  readonly signal?: AbortSignal | undefined;
  /** Called when tables have been written. */
  readonly onTables: (news: WatchNews) => void | Promise<void>;
  /** Called once for each thing that is not complete, and why. */
  readonly onWaiting: (name: string, why: string) => void;
  /** Called after each look with all that is not complete now, and why. */
  readonly onLook?: (waiting: ReadonlyMap<string, string>) => void;
  /** Called once for each step that is complete and cannot be measured as it is, and why. */
  readonly onRefused: (step: number, why: string) => void;
}

/** What a watcher has found out. */
export interface WatchNews {
  /** The tables of all steps so far. */
  readonly run: AnalyzedRun;
  /** E of all steps. */
  readonly rows: readonly EmergenceRow[] | readonly ExcessRow[];
  /** The steps that were not there in the tables before; none where an earlier watch had measured all. */
  readonly fresh: readonly number[];
  /** Steps that are in the tables, while their files are gone. */
  readonly gone: readonly number[];
  readonly scores: readonly BenchmarkScore[];
}

/** What is known while the folder is watched. */
interface WatchState {
  readonly known: Map<number, StepMemory>;
  threshold: number | null;
  /** Where the plan of the last tables lies. */
  plan: string | null;
  /** The files of each step at the last look. */
  last: Look["files"];
  /** The files of the steps that could not be measured. */
  readonly refused: Map<number, string>;
  /** What waits at the last look, and why. */
  readonly waiting: Map<string, string>;
  /** What was said to wait. */
  readonly told: Set<string>;
}

/**
 * Follow the folder of a training until there is no reason to look again. A checkpoint is complete when its files have stood
 * still between two looks and can be opened; it is measured once, and its row stays when the trainer deletes it. The tables are
 * replaced whole, and are those that measuring the same checkpoints together gives.
 *
 * A checkpoint that cannot be measured, such as one of a training that has diverged, stops none of the others once one of them is
 * measured.
 *
 * @returns The steps that were measured, here or before.
 * @throws {Error} If the folder is gone, another watcher works in `out`, or no checkpoint can be measured.
 */
export async function watchRun(
  folder: string,
  options: AnalysisOptions,
  watching: WatchRunOptions,
): Promise<readonly number[]> {
  const source = resolve(folder), { out, wait, signal, untilStep } = watching;
  const model = plainName(basename(source), "the model's name");
  using claim = await claimFile(watchPlaces(folder, out).lock, { isPassing: true });
  if (claim === null) {
    throw new Error(
      `another watcher works in ${out}; stop it, or choose another folder by out (--out)`,
    );
  }
  const path = memoryPath(out, model, options);
  const { threshold, steps } = await readMemory(path, source);
  const state: WatchState = {
    ...{ known: new Map(steps), threshold, plan: null },
    ...{ last: new Map(), refused: new Map(), waiting: new Map(), told: new Set() },
  };
  const read = watching.stepsPattern === undefined ? undefined : stepReader(watching.stepsPattern);
  let isFirst = true, isMissing = false;
  for (;;) {
    signal?.throwIfAborted();
    const look = await lookAt(source, read).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      const advice = isFirst
        ? "check the path"
        : `what was measured of it is in ${out}, and the same command goes on when it is back`;
      // A shared disk may be away for a moment.
      if (isFirst || isMissing) throw new Error(`${source} does not exist; ${advice}`);
      return null;
    });
    isMissing = look === null;
    if (look !== null) {
      const fresh = await freshSteps(source, look, state, options, watching);
      state.last = look.files;
      // Tables of an earlier watch may have been removed.
      if (fresh.size > 0 || isFirst && state.known.size > 0) {
        await takeIn(source, look, fresh, state, { path, model, options, watching });
      }
      isFirst = false;
      watching.onLook?.(state.waiting);
    }
    const measured = [...state.known.keys()].sort((a, b) => a - b);
    const isDone = untilStep !== undefined &&
      Math.max(-1, ...measured, ...state.refused.keys()) >= untilStep;
    if (isDone || !await wait()) return measured;
  }
}

/** The steps that are complete and were not measured as they are, with what is to be remembered of them. */
async function freshSteps(
  source: string,
  look: Look,
  state: WatchState,
  { weights, baseline }: AnalysisOptions,
  { stepsPattern, onWaiting }: WatchRunOptions,
): Promise<Map<number, StepMemory>> {
  state.waiting.clear();
  const tell = (name: string, why: string) => {
    state.waiting.set(name, why);
    if (state.told.has(`${name} ${why}`)) return;
    state.told.add(`${name} ${why}`);
    onWaiting(name, why);
  };
  if (look.files.size === 0) {
    tell(source, `no checkpoint is there yet; looked for names such as ${STEP_FORMS}`);
  }
  for (const name of look.staged) tell(name, "the trainer is still writing it");
  const fresh = new Map<number, StepMemory>();
  let opened: CheckpointRun | null = null;
  for (const [step, files] of look.files) {
    const known = state.known.get(step);
    if (known?.files === files || state.last.get(step) !== files) continue;
    if (state.refused.get(step) === files) continue;
    state.refused.delete(step);
    try {
      const run = opened ??= await openRun(source, { stepsPattern, weights });
      const memory = await remember(await run.checkpoint(step), files);
      // Whoever has touched a file, or put something beside it, has not changed the weights.
      if (known?.sha256 === memory.sha256) {
        state.known.set(step, { ...known, files });
        continue;
      }
      const all = new Map([...state.known, ...fresh, [step, memory]]);
      await tellApart(
        step,
        all,
        async (other) =>
          look.files.get(other) === all.get(other)!.files ? await run.checkpoint(other) : null,
      );
      fresh.set(step, memory);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      tell(`step ${step}`, `${error.message}${rowOfBefore(known)}`);
    }
  }
  // E of the others would be of another baseline, or of none, until it is there.
  const reference = referenceOf(baseline);
  const isNeeded = !isDrawn(baseline) &&
    (typeof baseline === "number" || look.files.has(reference));
  if (isNeeded && !state.known.has(reference) && !fresh.has(reference)) {
    for (const step of fresh.keys()) {
      tell(`step ${step}`, `E compares it with step ${reference}, which is not complete`);
    }
    return new Map();
  }
  return fresh;
}

/** Measure what is new, and write all tables. */
async function takeIn(
  source: string,
  look: Look,
  fresh: ReadonlyMap<number, StepMemory>,
  state: WatchState,
  { path, model, options, watching }: {
    readonly path: string;
    readonly model: string;
    readonly options: AnalysisOptions;
    readonly watching: WatchRunOptions;
  },
): Promise<void> {
  const { out, stepsPattern, onTables, onWarning, ...access } = watching;
  const known = withoutOvertaken(
    new Map([...state.known, ...fresh]),
    look,
    fresh,
    state,
    onWarning,
  );
  const measured = new Set(
    [...state.known].filter(([step, { files }]) =>
      !fresh.has(step) && look.files.get(step) === files
    ).map(([step]) => step),
  );
  const open = async () => {
    // Where all files are gone there is no run to open, and what is known already needs none.
    const opened = await openRun(source, { stepsPattern, weights: options.weights })
      .catch(() => ({ model, source, steps: [], checkpoint: notThere }));
    const present = opened.steps.length > 0 ? measured : new Set<number>();
    return watchedRun(
      { ...opened, model },
      known,
      { measured: present, fresh: new Set(fresh.keys()) },
    );
  };
  let run: AnalyzedRun;
  try {
    run = await analyzeRun(source, { options }, {
      ...access,
      ...{ out, store: join(out, "networks"), stepsPattern, keepUnits: true, open },
      ...state.threshold !== null && { threshold: state.threshold },
      ...onWarning && { onWarning },
      skipExisting: fresh.size === 0,
    });
  } catch (error) {
    if (!(error instanceof Error) || watching.signal?.aborted) throw error;
    // A trainer that deletes or replaces a checkpoint meanwhile stops nobody.
    const read = stepsPattern === undefined ? undefined : stepReader(stepsPattern);
    const now = await lookAt(source, read).catch(() => null);
    const changed = [...fresh.keys()].filter((step) =>
      now !== null && now.files.get(step) !== fresh.get(step)!.files
    );
    for (const step of changed) {
      watching.onWaiting(`step ${step}`, `it changed while it was measured: ${error.message}`);
    }
    if (changed.length > 0) return;
    if (fresh.size === 0 || !saysNoFaultOfSystem(error)) throw error;
    return await takeInEach(error, source, look, fresh, state, { path, model, options, watching });
  }
  state.known.clear();
  for (const [step, memory] of known) state.known.set(step, memory);
  state.threshold = run.plan.emergence!.threshold;
  // Each step that is new makes another plan.
  const plan = join(unitsFolder(out, model), planFile(run.plan));
  if (state.plan !== null && state.plan !== plan) await ifThere(Deno.remove(state.plan));
  state.plan = plan;
  await writeMemory(path, source, { threshold: state.threshold, steps: state.known });
  const scores = await modelScores({ model, source }, { stepsPattern, onWarning })
    .catch((error: Error) => {
      onWarning?.(`no scores: ${error.message}`);
      return [];
    });
  await onTables({
    ...{ run, rows: run.emergence!.tables.emergence, scores },
    fresh: [...fresh.keys()].sort((a, b) => a - b),
    gone: [...known.keys()].filter((step) => !look.files.has(step)).sort((a, b) => a - b),
  });
}

/** Measure steps one by one that could not be measured together, and leave out those that cannot be measured alone. */
async function takeInEach(
  error: Error,
  source: string,
  look: Look,
  fresh: ReadonlyMap<number, StepMemory>,
  state: WatchState,
  place: Parameters<typeof takeIn>[4],
): Promise<void> {
  const reference = referenceOf(place.options.baseline);
  if (fresh.size > 1) {
    // Without the step that E compares them with, none can be measured.
    const steps = [...fresh].sort(([a], [b]) => Number(b === reference) - Number(a === reference));
    for (const [step, memory] of steps) {
      await takeIn(source, look, new Map([[step, memory]]), state, place);
    }
    return;
  }
  const [[step, { files }]] = [...fresh] as [[number, StepMemory]];
  // It is not this step that is at fault, but what is asked for, as long as there is none that can be measured.
  if (state.known.size === 0 || step === reference) throw error;
  state.refused.set(step, files);
  place.watching.onRefused(step, `${error.message}${rowOfBefore(state.known.get(step))}`);
}

/** What is said of a step besides that its files are no good now, where it has been measured before. */
function rowOfBefore(known: StepMemory | undefined): string {
  return known === undefined ? "" : "; its row is of the weights that were there before";
}

/** The step that E compares the others with. */
function referenceOf(baseline: AnalysisOptions["baseline"]): number {
  return typeof baseline === "number" ? baseline : 0;
}

function notThere(): Promise<never> {
  return Promise.reject(new Error("it is not there"));
}

/**
 * What is known but for the steps of a training that another has overtaken: where a step was written again with other weights,
 * the later ones whose files are gone are of the training before it.
 */
function withoutOvertaken(
  known: ReadonlyMap<number, StepMemory>,
  look: Look,
  fresh: ReadonlyMap<number, StepMemory>,
  { known: before }: WatchState,
  onWarning: WatchRunOptions["onWarning"],
): Map<number, StepMemory> {
  const again = Math.min(...[...fresh.keys()].filter((step) => before.has(step)));
  const left = [...known].filter(([step]) => step > again && !look.files.has(step));
  if (again !== Infinity) {
    const others = left.length === 0
      ? ""
      : `; steps ${
        left.map(([step]) => step).join(", ")
      }, which are gone, were of the training before and are left out`;
    onWarning?.(
      `step ${again} was written again with other weights and is measured again${others}`,
    );
  }
  return new Map([...known].filter(([step]) => !left.some(([other]) => other === step)));
}

/** Where the table of E of a watched folder lies, the folder with all claims, and what a watcher of `out` claims. */
export function watchPlaces(
  folder: string,
  out: string,
): { table: string; claims: string; lock: string } {
  const model = basename(resolve(folder)), claims = dirname(unitsFolder(out, model));
  return { table: tablePaths(out, model).emergence, claims, lock: join(claims, "watch.lock") };
}
