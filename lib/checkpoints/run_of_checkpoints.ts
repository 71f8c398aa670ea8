/** A run put together from checkpoints that have no folder or repository in common. */

import type { CheckpointRun } from "./checkpoint.ts";
import { openCheckpoint } from "./open_checkpoint.ts";
import { placeOfStep } from "./step_names.ts";

/**
 * A run whose steps lie in places of their own, such as repositories on the hub that hold one step each. Each is opened
 * when it is asked for.
 *
 * @param model The model's name in tables.
 * @param places For each training step, what {@linkcode openCheckpoint} opens. The steps are taken as told: a
 * checkpoint's own name isn't compared.
 * @throws {RangeError} If there is no step, or one is no whole number from 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runOfCheckpoints } from "neuromfa/checkpoints";
 *
 * const run = runOfCheckpoints("multiberts-seed_0", {
 *   0: "hf:google/multiberts-seed_0-step_0k",
 *   20000: "hf:google/multiberts-seed_0-step_20k",
 * });
 * assert.deepEqual(run.steps, [0, 20000]);
 * ```
 */
export function runOfCheckpoints(
  model: string,
  places: Readonly<Record<number, string>>,
): CheckpointRun {
  const steps = Object.keys(places).map(Number).sort((a, b) => a - b);
  if (steps.length === 0) throw new RangeError(`${model} has no step; tell where one lies`);
  const wrong = steps.find((step) => !(Number.isSafeInteger(step) && step >= 0));
  if (wrong !== undefined) {
    throw new RangeError(`a step of ${model} is ${wrong}; steps are whole numbers from 0`);
  }
  const byStep = new Map(steps.map((step) => [step, places[step]!]));
  return {
    model,
    source: Object.values(places).join(", "),
    steps,
    async checkpoint(step) {
      return { ...await openCheckpoint(placeOfStep(byStep, step, model)), model, step };
    },
  };
}
