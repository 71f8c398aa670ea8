/** Which of a run's checkpoints are whole: a trainer may still be writing, or was stopped while it did. */

import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { isHalfWritten } from "../checkpoints/half_written.ts";
import type { Baseline } from "../options/values.ts";

/** Which steps must be there, and what is done where another is only half written. */
export interface CompleteStepsOptions {
  /** What E compares every step with. */
  readonly baseline?: Baseline | undefined;
  /** Take a step that is only half written for an error. */
  readonly strict?: boolean | undefined;
  /** Told of each step that is left out. */
  readonly onWarning?: ((warning: string) => void) | undefined;
  /** Steps that were named one by one: what ails them is for whoever opens them to tell. */
  readonly needed: readonly number[];
}

/** The steps that can be opened, and what a record must say of the others. */
export interface CompleteSteps {
  readonly steps: readonly number[];
  readonly notes: readonly string[];
}

/**
 * The steps whose checkpoints are whole; the others are left out with a warning that names the file and what is wrong with it.
 *
 * A step is left out wherever a part of its weights is not there: files that are missing or shorter than their header says. The
 * last step is also left out where its files say nothing sensible, for that is how a file looks whose header is still being
 * written. An earlier one that is damaged like that was whole once, since the trainer went on: it is an error for whoever opens
 * it, so that nobody takes a spoilt disk for a training that still goes on.
 *
 * @throws {Error} What is wrong with the first of them, if none is whole, if E is compared with it, or if `strict` asks for that.
 */
export async function completeSteps(
  run: CheckpointRun,
  steps: readonly number[],
  { needed, baseline, strict = false, onWarning }: CompleteStepsOptions,
): Promise<CompleteSteps> {
  const faults = new Map<number, Error>();
  const last = Math.max(...steps);
  for (const step of steps) {
    if (needed.includes(step)) continue;
    try {
      const checkpoint = await run.checkpoint(step);
      // A file may grow while it is read; the digest is kept for whoever asks next.
      if (step === last) await checkpoint.digest();
    } catch (error) {
      const isUnfinished = isHalfWritten(error) || step === last && saysNoFaultOfSystem(error);
      if (isUnfinished) faults.set(step, error as Error);
    }
  }
  const [first] = faults.values();
  if (first === undefined) return { steps, notes: [] };
  const complete = steps.filter((step) => !faults.has(step));
  const reference = typeof baseline === "number" ? baseline : 0;
  if (strict || complete.length === 0 || faults.has(reference)) throw first;
  for (const [step, { message }] of faults) {
    onWarning?.(
      `step ${step} of ${run.model} is left out, for it is only half written: ${message}`,
    );
  }
  const left = [...faults.keys()];
  const which = `step${left.length === 1 ? "" : "s"} ${left.join(", ")}`;
  return { steps: complete, notes: [`${which} left out, only half written`] };
}

/** Whether an error is about what a file holds, and not about a disk or a permission. */
export function saysNoFaultOfSystem(error: unknown): error is Error {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; depth++) {
    if ("code" in cause && typeof cause.code === "string") return false;
    cause = cause.cause;
  }
  return error instanceof Error;
}
