/** A checkpoint, or every one of a run, with all structure but the one that a null model keeps taken out of its weights. */

import type { Architecture } from "../../architectures/architecture.ts";
import type {
  Checkpoint,
  CheckpointRun,
  RowRange,
  StoredValues,
  TensorRows,
} from "../../checkpoints/checkpoint.ts";
import {
  checkNullModel,
  checkUntrained,
  NULL_CHECKPOINT_OPTIONS,
  NULL_MODEL_OPTIONS,
  type NullCheckpointOptions,
  nullDigest,
  type NullModelOptions,
} from "./null_kind.ts";
import {
  deviations,
  needsWholeTensor,
  normalRows,
  normRatios,
  nullRequests,
  type NullSources,
  rescaledRows,
  rowCount,
  shuffledRows,
} from "./null_tensors.ts";
import { checkRange, type StoredMatrix, storedMatrix, takeRows } from "./stored_matrix.ts";
import { runView } from "../../checkpoints/run_view.ts";
import { detectArchitecture } from "../../architectures/detect.ts";

/**
 * A null model of a checkpoint: the same tensors by name, the weights of each matrix remade as they are read, everything
 * else as it is. Whatever takes a checkpoint takes this one.
 *
 * The unit is the matrix that an architecture tells of, with query, key and value of a fused tensor apart, and an edge: a
 * convolution's kernel moves as a whole. Rows are the weights that enter a neuron and columns those that leave it, however
 * they are stored. Since masses count the edges that leave a neuron, `permute-columns` changes no spectrum of a network
 * that has all of them; it is there for distances along paths, and as a check.
 *
 * Permutations keep the stored bytes. `gaussian` and `rescale` give 32-bit floats; `gaussian` has mean 0 whatever the mean of
 * the weights is, and the variance about that mean. Random numbers depend on seed, draw, tensor and row alone: not on the
 * step, so that a run's weights move together, nor on what is read when.
 *
 * A run of a full network makes no such weights for `permute` and `gaussian`, but draws what its neurons would have of them.
 *
 * Rows are made without the others where the kind allows it; else the last tensor made is kept. `gaussian` and `rescale` read
 * each tensor once for its scale.
 *
 * @throws {RangeError} If an option is out of range, or `rescale` lacks an untrained checkpoint of the same shapes.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If query, key and value are fused per head and the number of heads is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { decodeValues, detectArchitecture } from "neuromfa/checkpoints";
 * import { nullCheckpoint } from "neuromfa/statistics";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(4096);
 * const permuted = nullCheckpoint(checkpoint, detectArchitecture(checkpoint), {
 *   kind: "permute", draw: 0, seed: 0,
 * });
 * const name = "gpt_neox.layers.0.attention.dense.weight";
 * const [before, after] = [await checkpoint.read(name), await permuted.read(name)].map(decodeValues);
 * assert.notDeepEqual(after, before);
 * assert.deepEqual(after!.sort(), before!.sort());
 * ```
 */
export function nullCheckpoint(
  checkpoint: Checkpoint,
  architecture: Architecture,
  options: NullCheckpointOptions,
): Checkpoint {
  checkNullModel("nullCheckpoint", NULL_CHECKPOINT_OPTIONS, options);
  const { kind, draw, seed, untrained } = options;
  const matrices = new Map(
    architecture.matrices.map((matrix) => [matrix.tensor, storedMatrix(matrix, architecture)]),
  );
  checkUntrained(checkpoint, matrices, options);
  const sources: NullSources = { checkpoint, untrained, draw, seed };
  const single = kind === "gaussian" || kind === "rescale";
  const tensors = new Map(
    [...checkpoint.tensors].map(([name, info]) => [
      name,
      single && matrices.has(name) ? { ...info, dtype: "F32" } : info,
    ]),
  );

  const kept = new Map<string, Promise<StoredValues>>(),
    scales = new Map<string, Promise<number[]>>();
  const made = async (matrix: StoredMatrix, rows: readonly RowRange[]): Promise<StoredValues> => {
    if (kind === "gaussian") {
      const own = await once(scales, matrix.name, () => deviations(matrix, checkpoint));
      return normalRows(matrix, sources, own, rows);
    }
    if (kind === "rescale") {
      const own = await once(scales, matrix.name, () => normRatios(matrix, sources));
      return await rescaledRows(matrix, sources, own, rows);
    }
    if (!needsWholeTensor(kind, matrix)) return await shuffledRows(kind, matrix, sources, rows);
    if (!kept.has(matrix.name)) kept.clear(); // the last one is not kept while the next is made
    const whole = await once(kept, matrix.name, () => shuffledRows(kind, matrix, sources));
    return takeRows(whole, rows, matrix.rows);
  };

  const needed = (requests: readonly TensorRows[]): TensorRows[] =>
    nullRequests(kind, architecture, requests);
  const untrainedToo = (requests: readonly TensorRows[]): TensorRows[] =>
    requests.flatMap(({ name }) => matrices.has(name) ? [{ name }] : []);
  let digest: Promise<string> | undefined;
  return {
    model: checkpoint.model,
    step: checkpoint.step,
    source: `${checkpoint.source} (null model ${kind}, draw ${draw}, seed ${seed})`,
    config: checkpoint.config,
    ...checkpoint.declared && { declared: checkpoint.declared },
    tensors,
    digest: () => digest ??= nullDigest(options, checkpoint.digest(), untrained?.digest()),
    read: async (name, rows) => {
      const matrix = matrices.get(name);
      if (!matrix) return await checkpoint.read(name, rows);
      rows?.forEach((range) => checkRange(range, matrix, checkpoint.source));
      const asked = rows ?? [{ start: 0, end: matrix.rows }];
      const { dtype, bytes } = await made(matrix, asked);
      return { dtype, shape: [rowCount(asked), ...tensors.get(name)!.shape.slice(1)], bytes };
    },
    ...checkpoint.prefetch && {
      prefetch: async (requests) => {
        await checkpoint.prefetch!(needed(requests));
        await untrained?.prefetch?.(untrainedToo(requests));
      },
    },
    ...checkpoint.plan && {
      plan: async (requests) => [
        ...await checkpoint.plan!(needed(requests)),
        ...await untrained?.plan?.(untrainedToo(requests)) ?? [],
      ],
    },
  };
}

/** What was made under a name, or is made now; what fails is not kept, since a later try may succeed. */
export function once<T>(
  kept: Map<string, Promise<T>>,
  name: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = kept.get(name);
  if (known) return known;
  const making = make();
  kept.set(name, making);
  making.catch(() => kept.get(name) === making && kept.delete(name));
  return making;
}

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
  return runView(run, {
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
  });
}
