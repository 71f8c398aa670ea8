/** A run whose every checkpoint is a null model. */

import { detectArchitecture } from "../../architectures/detect.ts";
import type { Checkpoint, CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { nullCheckpoint } from "./null_checkpoint.ts";
import {
  checkNullModel,
  NULL_MODEL_OPTIONS,
  nullDigest,
  type NullModelOptions,
} from "./null_kind.ts";

/**
 * A null model of a run: each step's checkpoint, step 0 among them, is the {@linkcode nullCheckpoint} of that step. All
 * steps share their random numbers, so a permutation moves a weight to the same place at each step, as one would
 * renumber the edges of the whole run. `rescale` takes its weights from step 0.
 *
 * @category Emergence
 * @throws {RangeError} If an option is out of range, or `rescale` is asked for and the run has no step 0.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   degreeOfEmergence, multifractalSpectra, nullRun, openRun, sampleNetworks,
 * } from "neuromfa";
 *
 * const permuted = nullRun(await openRun("suite:nano-64"), { kind: "permute", draw: 0, seed: 0 });
 * const networks = sampleNetworks(permuted, { samples: 2, steps: [0, 4096] });
 * const [untrained, last] = degreeOfEmergence(await multifractalSpectra(networks, { threshold: 25 }));
 * assert.equal(untrained!.E, 0);
 * assert.ok(last!.E > 0);
 * ```
 */
export function nullRun(run: CheckpointRun, options: NullModelOptions): CheckpointRun {
  checkNullModel("nullRun", NULL_MODEL_OPTIONS, options);
  const { kind } = options;
  if (kind === "rescale" && !run.steps.includes(0)) {
    throw new RangeError(
      `The null model "rescale" takes its weights from step 0, which ${run.model} lacks; ` +
        "add the checkpoint of step 0",
    );
  }
  let step0: Promise<Checkpoint> | undefined;
  return {
    model: run.model,
    steps: run.steps,
    ...run.warnings && { warnings: run.warnings },
    source: `${run.source} (null model ${kind}, draw ${options.draw}, seed ${options.seed})`,
    ...run.listedDigests && {
      listedDigests: async (step) => {
        const digests = await run.listedDigests!(step);
        return await Promise.all(digests.map((digest) => nullDigest(options, digest)));
      },
    },
    checkpoint: async (step) => {
      const checkpoint = await run.checkpoint(step);
      const untrained = kind === "rescale" ? await (step0 ??= run.checkpoint(0)) : undefined;
      return nullCheckpoint(checkpoint, detectArchitecture(checkpoint), {
        ...options,
        ...untrained && { untrained },
      });
    },
  };
}
