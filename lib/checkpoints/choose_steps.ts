/** Which of a run's steps are meant. */

import { NAMED_STEPS, PUBLISHED_STEPS, type StepPart, stepParts } from "../options/step_words.ts";
import type { CheckpointRun } from "./checkpoint.ts";
import { evenSteps } from "./even_steps.ts";

/** What of a run decides which steps are meant. */
export type RunOfSteps = Pick<CheckpointRun, "model" | "steps" | "source" | "usualSteps">;

/**
 * The steps asked for, or else the usual ones of the run, ascending, each once. A step that is named must be there; of a range and
 * of a list with a name those are taken that are there.
 *
 * @throws {Error} If a step is not there, or a range or a name means none of the run's steps.
 */
export function chooseSteps(run: RunOfSteps, asked?: readonly number[] | string): number[] {
  const { model, steps, source } = run;
  if (asked?.length === 0) {
    throw new Error(`no step of ${model} was asked for; steps in ${source}: ${steps.join(", ")}`);
  }
  const chosen = asked === undefined
    ? run.usualSteps ?? steps
    : stepParts(asked).flatMap((part) => stepsOf(part, run));
  return [...new Set(chosen)].sort((a, b) => a - b);
}

function stepsOf(part: StepPart, { model, steps, source }: RunOfSteps): readonly number[] {
  if (part.kind === "all") return steps;
  if (part.kind === "log") return evenSteps(steps, part.count);
  if (part.kind === "step") {
    if (steps.includes(part.step)) return [part.step];
    throw new Error(
      `checkpoint step ${part.step} of ${model} is not there; steps: ${steps.join(", ")}`,
    );
  }
  if (part.kind === "named") {
    const named = steps.filter((step) => NAMED_STEPS[part.name].includes(step));
    if (named.some((step) => step > LAST_POWER)) return named;
    throw new Error(
      `${model} has no step that "${part.name}" means: those are steps of Pythia, 0, 1, 2, 4 … ${LAST_POWER}, 1000, ` +
        `3000, 13000, 23000 … 143000, and beyond step ${LAST_POWER} it has none of them; steps in ${source}: ${
          steps.join(", ")
        }`,
    );
  }
  const { first, last, stride, word } = part;
  const inside = steps.filter((step) =>
    step >= first && step <= last && (step - first) % stride === 0
  );
  if (inside.length > 0) return inside;
  throw new Error(`no step of ${model} is in the range ${word}; steps: ${steps.join(", ")}`);
}

/** The last of Pythia's early steps, which are powers of two as those of many other models are. */
const LAST_POWER = 512;

/** The last steps with scores, which some of the models do not have: that of pythia-31m is 140000. */
const OFTEN_LAST = 143_000;

/** The steps with published scores of a run that is shaped as a Pythia, where it has others too; else `undefined`. */
export function publishedStepsOf(steps: readonly number[]): readonly number[] | undefined {
  const has = PUBLISHED_STEPS.filter((step) => steps.includes(step));
  const isPythia = PUBLISHED_STEPS.every((step) => step === OFTEN_LAST || has.includes(step));
  return isPythia && has.length < steps.length ? has : undefined;
}

const announced = new WeakSet<RunOfSteps>();

/**
 * Say, once for each run, that only its usual steps are taken where none are asked for; as a printed
 * warning unless a listener is given.
 */
export function announceUsualSteps(
  run: RunOfSteps,
  asked: readonly number[] | string | undefined,
  onWarning: (warning: string) => void = console.warn,
): void {
  const words = asked === undefined ? usualStepsWords(run) : null;
  if (words === null || announced.has(run)) return;
  announced.add(run);
  onWarning(words.warning);
}

/** How many steps are taken where none are asked for, for a record and for the user; `null` where all are. */
export function usualStepsWords(
  { model, steps, usualSteps }: RunOfSteps,
): { readonly note: string; readonly warning: string } | null {
  if (usualSteps === undefined) return null;
  const counts = `${usualSteps.length} of ${steps.length} steps`;
  const which = "those with published scores";
  return {
    note: `${counts}, ${which}`,
    warning: `${counts} of ${model} are taken, ${which}; --steps all (steps: "all", in notebooks ` +
      "NEUROMFA_STEPS=all) takes all",
  };
}
