/** The steps of a run that were asked for. */
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";

/** What is needed of a run to select its steps. */
type Steps = Pick<CheckpointRun, "model" | "steps" | "source">;

/**
 * The steps asked for, ascending, each once; all of the run's where none were.
 *
 * @throws {Error} If one is not there, naming those that are; or if step 0 is not among them, since E compares with it.
 */
export function selectSteps(run: Steps, asked?: readonly number[]): number[] {
  const selected = selectAnySteps(run, asked);
  if (selected.includes(0)) return selected;
  const whose = asked ? "the steps asked for are" : `steps in ${run.source}:`;
  throw new Error(
    `${run.model} cannot be measured without step 0: E compares every step with the untrained model; ` +
      `${whose} ${selected.join(", ")}`,
  );
}

/**
 * The steps asked for, whether or not step 0 is among them, for what compares no step with another.
 *
 * @throws {Error} If one is not there, naming those that are, or if none was asked for.
 */
export function selectAnySteps(
  { model, steps, source }: Steps,
  asked?: readonly number[],
): number[] {
  if (asked?.length === 0) {
    throw new Error(`no step of ${model} was asked for; steps in ${source}: ${steps.join(", ")}`);
  }
  const missing = asked?.find((step) => !steps.includes(step));
  if (missing !== undefined) {
    throw new Error(
      `checkpoint step ${missing} of ${model} is not there; steps: ${steps.join(", ")}`,
    );
  }
  return [...new Set(asked ?? steps)].sort((a, b) => a - b);
}
