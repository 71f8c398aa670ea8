/** Steps of a run that hold the same weights, though training changes all of them. */

import type { Checkpoint, CheckpointRun } from "./checkpoint.ts";
import { matricesAmong, tensorDigest, tensorSketch } from "./tensor_digest.ts";

/** Steps that have a file of weights in common. */
export interface DuplicateSteps {
  /** The steps, ascending, at least two. */
  readonly steps: readonly number[];
  /** Digest of the weights that they have in common: of all, or of those in one of several files. */
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

/** The weights in one of the files of a step. */
interface PartOfStep {
  readonly names: readonly string[];
  /** A digest that differs where the weights do, and may be equal where they differ. */
  readonly sketch: string;
  digest?: string;
}

/**
 * The weights of the steps looked at so far, by which the next is found to hold the same. Of files on disk the tensors are
 * compared, so that neither metadata nor the order of tensors, their names or the container hide that they are the same: first by a
 * few rows of each, and all values are read only where those are equal. Of files far away the digests that the source lists
 * are compared.
 */
export class SeenWeights {
  readonly #run: CheckpointRun;
  readonly #listed = new Map<number, readonly string[]>();
  readonly #parts = new Map<number, readonly PartOfStep[]>();

  constructor(run: CheckpointRun) {
    this.#run = run;
  }

  /** Look at a step. */
  async add(step: number, opened?: Checkpoint): Promise<void> {
    const listed = await this.#run.listedDigests?.(step);
    if (listed !== undefined) return void this.#listed.set(step, listed);
    const checkpoint = opened ?? await this.#run.checkpoint(step);
    const files = checkpoint.prefetch === undefined ? checkpoint.parts ?? [] : [];
    const parts: PartOfStep[] = [];
    for (const file of files) {
      const names = matricesAmong(checkpoint, file);
      if (names.length > 0) parts.push({ names, sketch: await tensorSketch(checkpoint, names) });
    }
    if (parts.length === 0) return void this.#listed.set(step, [await checkpoint.digest()]);
    for (const [other, own] of this.#parts) {
      if (other !== step) await this.#compare([checkpoint, parts], [other, own]);
    }
    this.#parts.set(step, parts);
  }

  /** For each step the digests of its weights, or of those in each of its files. */
  get digests(): Map<number, readonly string[]> {
    const compared = [...this.#parts].map(([step, parts]) =>
      [step, parts.map(({ digest, sketch }) => digest ?? `sketch ${sketch}`)] as const
    );
    return new Map<number, readonly string[]>([...this.#listed, ...compared]);
  }

  async #compare(
    [checkpoint, parts]: [Checkpoint, readonly PartOfStep[]],
    [other, others]: [number, readonly PartOfStep[]],
  ) {
    for (const part of parts) {
      for (const like of others.filter(({ sketch }) => sketch === part.sketch)) {
        part.digest ??= await tensorDigest(checkpoint, part.names);
        like.digest ??= await tensorDigest(await this.#run.checkpoint(other), like.names);
      }
    }
  }
}

/** The digests of the weights of some steps, equal where the weights are. */
export async function stepDigests(
  run: CheckpointRun,
  steps: readonly number[],
): Promise<Map<number, readonly string[]>> {
  const seen = new SeenWeights(run);
  for (const step of steps) await seen.add(step);
  return seen.digests;
}

/**
 * Which of some steps hold the weights of another. Where the source lists digests all of its steps are compared, since a wrong step
 * 0 may hold the weights of one that is not among them.
 */
export async function duplicatesOf(
  run: CheckpointRun,
  steps: readonly number[],
): Promise<DuplicateSteps[]> {
  const compared = run.listedDigests === undefined
    ? steps
    : [...new Set([...run.steps, ...run.setAside ?? [], ...steps])];
  return findDuplicateSteps(await stepDigests(run, compared))
    .filter((group) => group.steps.some((step) => steps.includes(step)));
}

/**
 * Refuse steps that hold the same weights.
 *
 * @throws {Error} If there are any, with their numbers and what to do.
 */
export function refuseDuplicates(
  run: Pick<CheckpointRun, "model" | "source">,
  duplicates: readonly DuplicateSteps[],
  advice = "leave them out of the steps, or go on with allowDuplicates (--allow_duplicates)",
): void {
  if (duplicates.length === 0) return;
  throw new Error(`${describeDuplicateSteps(run, duplicates)}; ${advice}`);
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
