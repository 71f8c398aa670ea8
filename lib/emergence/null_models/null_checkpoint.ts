/** A checkpoint with all structure but the one that a null model keeps taken out of its weights. */

import type { Architecture } from "../../architectures/architecture.ts";
import type {
  Checkpoint,
  RowRange,
  StoredValues,
  TensorRows,
} from "../../checkpoints/checkpoint.ts";
import {
  checkNullModel,
  checkUntrained,
  NULL_CHECKPOINT_OPTIONS,
  type NullCheckpointOptions,
  nullDigest,
} from "./null_kind.ts";
import {
  deviations,
  needsWholeTensor,
  normalRows,
  normRatios,
  nullRequests,
  type NullSources,
  rescaledRows,
  shuffledRows,
  shuffledTensor,
} from "./null_tensors.ts";
import { checkRange, type StoredMatrix, storedMatrix, takeRows } from "./stored_matrix.ts";

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
 * Rows are made without the others where the kind allows it; else the last tensor made is kept. `gaussian` and `rescale` read
 * each tensor once for its scale.
 *
 * @param checkpoint The checkpoint.
 * @param architecture Its matrices.
 * @param options Kind, draw and seed.
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
 *   kind: "permute",
 *   draw: 0,
 *   seed: 0,
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

  let last: { readonly name: string; readonly made: Promise<StoredValues> } | undefined;
  const scales = new Map<string, Promise<number[]>>();
  const made = (matrix: StoredMatrix): Promise<StoredValues> => {
    if (last?.name !== matrix.name) {
      last = undefined; // not kept while the next one is made
      const making = shuffledTensor(kind, matrix, sources);
      last = { name: matrix.name, made: making };
      making.catch(() => last?.made === making && (last = undefined)); // a later read may succeed
    }
    return last.made;
  };
  const scalesOf = (matrix: StoredMatrix, find: typeof deviations): Promise<number[]> => {
    const known = scales.get(matrix.name);
    if (known) return known;
    const finding = find(matrix, sources);
    scales.set(matrix.name, finding);
    finding.catch(() => scales.delete(matrix.name));
    return finding;
  };
  const remade = async (matrix: StoredMatrix, rows: readonly RowRange[]): Promise<StoredValues> => {
    if (kind === "gaussian") {
      return await normalRows(matrix, sources, await scalesOf(matrix, deviations), rows);
    }
    if (kind === "rescale") {
      return await rescaledRows(matrix, sources, await scalesOf(matrix, normRatios), rows);
    }
    if (!needsWholeTensor(kind, matrix)) return await shuffledRows(matrix, sources, rows);
    return takeRows(await made(matrix), rows, matrix.rows);
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
      const whole = [{ start: 0, end: matrix.rows }];
      rows?.forEach((range) => checkRange(range, matrix, checkpoint.source));
      const { dtype, bytes } = await remade(matrix, rows ?? whole);
      const count = (rows ?? whole).reduce((sum, { start, end }) => sum + end - start, 0);
      return { dtype, shape: [count, ...tensors.get(name)!.shape.slice(1)], bytes };
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
