/** The file of a plan, whose name holds the plan's digest, so that no other plan passes for it. */

import { basename } from "node:path";
import type { RunPlan } from "./run_plan.ts";
import { shortDigest } from "./unit.ts";

/** The name of a plan's file. */
export function planFile(plan: RunPlan): string {
  return fileOf(JSON.stringify(plan));
}

/** Whether a file is named like a plan's. */
export function isPlanFile(name: string): boolean {
  return /^plan-[0-9a-f]+\.json$/.test(name);
}

/**
 * Check that a plan is the one that its file's name tells.
 *
 * @param path The file.
 * @param text What is in it.
 * @throws {Error} If it was changed since it was written.
 */
export function checkPlanFile(path: string, text: string): void {
  if (fileIn(text) === basename(path)) return;
  throw new Error(
    `${path} was changed since it was written, for its name tells another digest; remove it and ` +
      "run its part again: units that are there are not measured again",
  );
}

/** The name that a text's file must have, `null` where it is none of a plan. */
function fileIn(text: string): string | null {
  try {
    return fileOf(JSON.stringify(JSON.parse(text)));
  } catch {
    return null;
  }
}

function fileOf(text: string): string {
  return `plan-${shortDigest(text)}.json`;
}
