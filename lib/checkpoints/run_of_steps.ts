/** A run with some of its steps. */

import type { CheckpointRun } from "./checkpoint.ts";
import { runView } from "./run_view.ts";

/** A run whose steps are some of another's; the others are set aside, to be compared with by their listed digests. */
export function runOfSteps(run: CheckpointRun, steps: readonly number[]): CheckpointRun {
  const others = [...run.steps, ...run.setAside ?? []].filter((step) => !steps.includes(step));
  const { usualSteps: _, ...view } = runView(run, {
    steps,
    setAside: [...new Set(others)].sort((a, b) => a - b),
  });
  return view;
}
