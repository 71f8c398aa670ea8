/** How checkpoints are named after their training steps: one rule for folders, files, branches and score files. */

import { shown } from "../messages/shown.ts";

/** How a step may be named, for messages. */
export const STEP_FORMS = "step1000, checkpoint-1000, global_step1000, iter_0001000 or epoch_3";

/** How a step's branch may be named, for messages. */
export const BRANCH_FORMS = `${STEP_FORMS}, step1000-tokens4B or stage1-step1000-tokens3B`;

/** What a name tells of a training step. */
export interface NamedStep {
  /** The training step. */
  readonly step: number;
  /** What stands before it, mostly nothing: `toy` in `toy_step512`. */
  readonly before: string;
  /** Whether the number counts epochs, which are no steps. */
  readonly isEpoch: boolean;
}

/** Tells the step of a name, `null` where the name tells none. */
export type StepReader = (name: string) => NamedStep | null;

/** A number behind its word, with what trainers and publishers write around the two. */
const NAME = new RegExp(
  "^(?:(?<before>.+?)[-_.])??(?:stage1[-_]|phase1[-_])?" +
    "(?:(?:epoch[-_=]?\\d+[-_])?(?:(?:checkpoint|ckpt|model|state|weights)[-_])?" +
    "(?<word>(?:global[-_]?)?step|iter(?:ation)?|epoch)|(?<saved>checkpoint|ckpt))" +
    "[-_=]?(?<step>\\d+)(?:[-_]tokens?[-_]?\\d+(?:\\.\\d+)?[KMBT]?)?$",
);

/** Later stages count their steps from 0 again and fork into several runs: they tell no step of the whole training. */
const LATER_STAGE = /(?:^|[-_.])(?:stage|phase)[-_]?(?!1(?:[-_.]|$))\d/;

/** How trainers name what they are still writing: `tmp-checkpoint-1000` is renamed when it is whole. */
const STAGED = /^\.?te?mp$/i;

/** Whether a name is that of a checkpoint that a trainer is still writing, under a name of its own. */
export function isStaged(name: string): boolean {
  const { before = "", step } = NAME.exec(name)?.groups ?? {};
  return step !== undefined && STAGED.test(before);
}

/** What a name tells of a training step, by the one rule that all names are read by; `null` where it tells none. */
export function namedStep(name: string): NamedStep | null {
  const { before = "", word, step } = NAME.exec(name)?.groups ?? {};
  if (step === undefined || LATER_STAGE.test(before) || STAGED.test(before)) return null;
  return counted(step, { before, isEpoch: word === "epoch" });
}

/**
 * Names that only files of weights have: `model_3`, and `rl_model_1000_steps` of stable-baselines3.
 */
const FILE_NAME =
  /^(?:(?:(?<before>.+)[-_.])?model[-_]?(?<step>\d+)|(?<prefix>.+)_(?<steps>\d+)_steps)$/;

/** The same of a file of weights without its ending; a folder `model_3` is as likely the third of some models. */
export function namedStepOfFile(stem: string): NamedStep | null {
  const { before, prefix, step: number, steps } = FILE_NAME.exec(stem)?.groups ?? {};
  const step = number ?? steps;
  if (step === undefined) return namedStep(stem);
  return counted(step, { before: before ?? prefix ?? "", isEpoch: false });
}

/** The training step that a name tells, or `null`. */
export function stepOfName(name: string): number | null {
  return namedStep(name)?.step ?? null;
}

/**
 * What tells steps by a regular expression whose first group is the step; it must match a name from end to end.
 *
 * @throws {RangeError} If it is no regular expression, or has no group.
 */
export function stepReader(pattern: string): StepReader {
  const form = patternOf(pattern);
  if (form === null) {
    throw new RangeError(
      `stepsPattern is ${
        shown(pattern)
      }, but it must be a regular expression whose first group is ` +
        String.raw`the step, such as run7_(\d+)\.pt`,
    );
  }
  return (name) => counted(form.exec(name)?.[1] ?? "", { before: "", isEpoch: false });
}

/** A regular expression with a group that matches whole names, or `null` where a pattern is none. */
function patternOf(pattern: string): RegExp | null {
  try {
    const groups = new RegExp(`${pattern}|`).exec("")!.length - 1;
    return groups > 0 ? new RegExp(`^(?:${pattern})$`) : null;
  } catch {
    return null;
  }
}

function counted(digits: string, more: Omit<NamedStep, "step">): NamedStep | null {
  const step = /^\d+$/.test(digits) ? Number(digits) : NaN;
  return Number.isSafeInteger(step) ? { step, ...more } : null;
}

/** Where names are from, for messages. */
export interface NamesPlace {
  /** The run. */
  readonly source: string;
  /** What is named, such as `folders`. */
  readonly what: string;
  /** What to do about two names of one step. */
  readonly advice: (one: string, other: string) => string;
}

/**
 * Those of some names that tell a step, by step in ascending order.
 *
 * Names with nothing in front of the step are the series where there are some. Names of several series, or of steps and of
 * epochs, are refused: their numbers have no common order.
 *
 * @throws {Error} If two names tell the same step, or there are several series.
 */
export function namesByStep(
  names: readonly string[],
  { source, what, advice }: NamesPlace,
  read: StepReader = namedStep,
): Map<number, string> {
  const all = names.flatMap((name) => {
    const named = read(name);
    return named === null ? [] : [{ name, ...named }];
  });
  const plain = all.filter(({ before }) => before === "");
  const own = plain.length > 0 ? plain : all;
  const series = [...Map.groupBy(own, ({ before, isEpoch }) => `${before} ${isEpoch}`).values()];
  if (series.length > 1) {
    const examples = series.slice(0, 3).map(([first]) => shown(first!.name)).join(", ");
    throw new Error(
      `${source} has ${what} of ${series.length} series: ${examples}; choose one by a regular expression ` +
        "whose first group is the step, stepsPattern (--steps_pattern)",
    );
  }
  const found = new Map<number, string>();
  for (const { step, name } of own) {
    const other = found.get(step);
    if (other !== undefined) {
      const both = `${source} has two ${what} for step ${step}, ${other} and ${name}`;
      throw new Error(`${both}; ${advice(other, name)}`);
    }
    found.set(step, name);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

/** The step folders among the names of a folder's entries, by step in ascending order. */
export function stepFolders(
  names: readonly string[],
  source: string,
  read?: StepReader,
): Map<number, string> {
  const advice = () => "move one of them out";
  return namesByStep(names, { source, what: "folders", advice }, read);
}

/** The branches of a model that hold a step, by step in ascending order. */
export function stepBranches(
  names: readonly string[],
  source: string,
  read?: StepReader,
): Map<number, string> {
  const advice = (one: string, other: string) =>
    `choose one by ${source}@${one} or ${source}@${other}`;
  return namesByStep(names, { source, what: "branches", advice }, read);
}

/** Where the checkpoint of a step of a run is; an error with the steps that there are if it is nowhere. */
export function placeOfStep<Place>(
  places: ReadonlyMap<number, Place>,
  step: number,
  model: string,
): Place {
  const place = places.get(step);
  if (place !== undefined) return place;
  const steps = [...places.keys()].join(", ");
  throw new Error(`checkpoint step ${step} of ${model} is not there; steps: ${steps}`);
}
