/** Baselines over training. */
import { detectArchitecture } from "../../architectures/detect.ts";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { refuseUnknownOptions } from "../../networks/refuse_unknown_options.ts";
import type { BaselineRow } from "./baseline_row.ts";
import { baselines, type BaselinesOptions } from "./baselines.ts";

/** Which steps, and how baselines are taken. */
export interface BaselineRunOptions extends Omit<BaselinesOptions, "untrained"> {
  /** The steps; default all of the run. */
  readonly steps?: readonly number[];
}

/**
 * Baselines of the checkpoints of a run, steps ascending, with distances from step 0 where the run has it.
 *
 * @param run The run.
 * @param options Steps, and the options of {@linkcode baselines}.
 * @returns For each step the rows that {@linkcode baselines} gives.
 * @throws {RangeError} If a weight is not finite, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If a checkpoint cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { baselineRun, openRun } from "neuromfa";
 *
 * const rows = await baselineRun(await openRun("suite:nano-64"), { steps: [0, 4096] });
 * const [untrained, last] = rows.filter(({ matrix }) => matrix === "network");
 * assert.equal(untrained!.distance_from_step_0, 0);
 * assert.ok(last!.hill_exponent! < untrained!.hill_exponent!); // training makes the tail heavier
 * ```
 */
export async function baselineRun(
  run: CheckpointRun,
  options: BaselineRunOptions = {},
): Promise<BaselineRow[]> {
  refuseUnknownOptions("baselineRun", options, ["steps", "threshold", "hillK", "largestSide"]);
  const { steps = run.steps, ...own } = options;
  const untrained = run.steps.includes(0) ? await run.checkpoint(0) : undefined;
  const rows: BaselineRow[] = [];
  for (const step of [...new Set(steps)].sort((a, b) => a - b)) {
    const checkpoint = await run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    rows.push(
      ...await baselines(checkpoint, architecture, { ...own, ...untrained && { untrained } }),
    );
  }
  return rows;
}
