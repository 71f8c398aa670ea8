/** The steps of a run that were asked for. */
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";

/**
 * The steps asked for, ascending, each once; all of the run's where none were.
 *
 * @throws {Error} If one is not there, naming those that are; or if step 0 is not among them, since E compares with it.
 */
export function selectSteps(
  { model, steps, source }: Pick<CheckpointRun, "model" | "steps" | "source">,
  asked?: readonly number[],
): number[] {
  const missing = asked?.find((step) => !steps.includes(step));
  if (missing !== undefined) {
    throw new Error(
      `checkpoint step ${missing} of ${model} is not there; steps: ${steps.join(", ")}`,
    );
  }
  const selected = [...new Set(asked ?? steps)].sort((a, b) => a - b);
  if (selected.includes(0)) return selected;
  const whose = asked ? "the steps asked for are" : `steps in ${source}:`;
  throw new Error(
    `${model} cannot be measured without step 0: E compares every step with the untrained model; ` +
      `${whose} ${selected.join(", ")}`,
  );
}
