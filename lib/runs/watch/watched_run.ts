/** A training that still goes on, as a run: the steps that are complete now, and those measured whose files are gone. */

import { join } from "node:path";
import type { Checkpoint, CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { checkpointView } from "../../checkpoints/checkpoint_view.ts";
import { isHalfWritten } from "../../checkpoints/half_written.ts";
import { matricesAmong, tensorDigest, tensorSketch } from "../../checkpoints/tensor_digest.ts";
import type { StepMemory } from "./watch_memory.ts";

/** What is remembered of a checkpoint that is there; its digest and one row of each matrix are read. */
export async function remember(checkpoint: Checkpoint, files: string): Promise<StepMemory> {
  const { config, declared, entry } = checkpoint;
  const parts = await Promise.all(
    matricesByFile(checkpoint).map(async (matrices) => (
      { sketch: await tensorSketch(checkpoint, matrices), digest: null }
    )),
  );
  const sha256 = await checkpoint.digest();
  const tensors = [...checkpoint.tensors.values()].map(({ name, dtype, shape }) => (
    { name, dtype, shape }
  ));
  return {
    ...{ sha256, files, parts: parts.length > 0 ? parts : [{ sketch: sha256, digest: sha256 }] },
    ...entry !== undefined && { entry },
    shape: { config, ...declared && { declared }, tensors },
  };
}

/** The matrices in each of the files of a checkpoint. */
function matricesByFile(checkpoint: Checkpoint): string[][] {
  return (checkpoint.parts ?? []).map((names) => matricesAmong(checkpoint, names))
    .filter(({ length }) => length > 0);
}

/**
 * Take the digests of all values where the sketches of two steps are equal: a row that no training touches, such as that of a
 * padding token, makes no duplicate. Of a step whose files are gone nothing more can be found out.
 *
 * @param open Opens a step; `null` where its files are not there as they were.
 */
export async function tellApart(
  step: number,
  known: ReadonlyMap<number, StepMemory>,
  open: (step: number) => Promise<Checkpoint | null>,
): Promise<void> {
  const own = known.get(step)!;
  for (const [index, part] of own.parts.entries()) {
    for (const [other, { parts }] of known) {
      const place = other === step ? -1 : parts.findIndex(({ sketch }) => sketch === part.sketch);
      if (place < 0) continue;
      for (const [of, at, which] of [[step, index, part], [other, place, parts[place]!]] as const) {
        if (which.digest !== null) continue;
        const checkpoint = await open(of), names = checkpoint && matricesByFile(checkpoint)[at];
        if (names) which.digest = await tensorDigest(checkpoint, names);
      }
    }
  }
}

/** Which of the known steps have files. */
export interface PresentSteps {
  /** Those that were measured and whose files are what they were: their digests need not be taken again. */
  readonly measured: ReadonlySet<number>;
  /** Those that are new. */
  readonly fresh: ReadonlySet<number>;
}

/**
 * A run of some steps that are all known; what is read of one comes from its files as long as they are there.
 *
 * @param opened The run as it lies in its folder.
 */
export function watchedRun(
  opened: CheckpointRun,
  known: ReadonlyMap<number, StepMemory>,
  { measured, fresh }: PresentSteps,
): CheckpointRun {
  const { model, source } = opened;
  return {
    ...{ model, source },
    steps: [...known.keys()].sort((a, b) => a - b),
    listedDigests: (step) =>
      Promise.resolve(known.get(step)?.parts.map(({ digest, sketch }) => digest ?? sketch) ?? []),
    async checkpoint(step) {
      const memory = known.get(step);
      if (memory === undefined || !measured.has(step) && !fresh.has(step)) {
        return gone(opened, step, memory);
      }
      try {
        const checkpoint = await opened.checkpoint(step);
        if (fresh.has(step)) return checkpoint;
        return checkpointView(checkpoint, { digest: () => Promise.resolve(memory.sha256) });
      } catch (error) {
        if (isHalfWritten(error) && measured.has(step)) return gone(opened, step, memory);
        throw error;
      }
    },
  };
}

/** A checkpoint whose files are gone. */
function gone(
  { model, source, steps }: CheckpointRun,
  step: number,
  memory: StepMemory | undefined,
): Checkpoint {
  if (memory === undefined) {
    throw new Error(`checkpoint step ${step} of ${model} is not there; steps: ${steps.join(", ")}`);
  }
  const { shape: { config, declared, tensors }, sha256, entry } = memory;
  return {
    ...{ model, step, source: join(source, `step ${step}`), config },
    ...declared && { declared },
    ...entry !== undefined && { entry },
    tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    digest: () => Promise.resolve(sha256),
    read: () =>
      Promise.reject(
        new Error(
          `step ${step} of ${model} is not in ${source} any more, and not all that is asked for was measured while it ` +
            "was; put its files back, or choose another --out",
        ),
      ),
  };
}
