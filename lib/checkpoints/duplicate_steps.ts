/** Steps of a run that hold the same weights, though training changes all of them. */

import type { CheckpointRun } from "./checkpoint.ts";

/** Steps that have a file of weights in common. */
export interface DuplicateSteps {
  /** The steps, ascending, at least two. */
  readonly steps: readonly number[];
  /** Digest of the file that they have in common. */
  readonly digest: string;
}

/**
 * Find the steps that hold the same weights, wholly or in one of several files. Some published models have such
 * revisions (EleutherAI/pythia, issues 205 and 206), and E of a run with wrong weights is nonsense.
 *
 * @param digests For each step the digest of its weights, or of each of the files that they are in.
 * @returns For each digest that occurs more than once, the steps that have it; ascending by the first step.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findDuplicateSteps } from "neuromfa/checkpoints";
 *
 * const duplicates = findDuplicateSteps(new Map([[0, "a1"], [512, "b2"], [1000, "a1"]]));
 * assert.deepEqual(duplicates, [{ steps: [0, 1000], digest: "a1" }]);
 * ```
 */
export function findDuplicateSteps(
  digests: ReadonlyMap<number, string | readonly string[]>,
): DuplicateSteps[] {
  const pairs = [...digests].sort(([a], [b]) => a - b).flatMap(([step, own]) =>
    [...new Set(typeof own === "string" ? [own] : own)].map((digest) => ({ step, digest }))
  );
  return [...Map.groupBy(pairs, ({ digest }) => digest)]
    .filter(([, same]) => same.length > 1)
    .map(([digest, same]) => ({ steps: same.map(({ step }) => step), digest }))
    .sort((a, b) => a.steps[0]! - b.steps[0]!);
}

/** The digests of the weights of some steps: those that the source lists where it does, else of all bytes. */
export async function stepDigests(
  run: CheckpointRun,
  steps: readonly number[],
): Promise<Map<number, readonly string[]>> {
  const digests = new Map<number, readonly string[]>();
  for (const step of steps) {
    const listed = await run.listedDigests?.(step);
    digests.set(step, listed ?? [await (await run.checkpoint(step)).digest()]);
  }
  return digests;
}

/** What is wrong with duplicate steps, in words for the user. */
export function describeDuplicateSteps(
  { model, source }: Pick<CheckpointRun, "model" | "source">,
  duplicates: readonly DuplicateSteps[],
): string {
  const groups = new Set(
    duplicates.map(({ steps }) => `steps ${steps.slice(0, -1).join(", ")} and ${steps.at(-1)}`),
  );
  return `${[...groups].join("; ")} of ${model} hold the same weights in ${source}, ` +
    "so that at least one of them is not what its name says";
}
