/** A run whose step 0 is an untrained network that was drawn, not kept. */

import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { detectArchitecture } from "../../architectures/detect.ts";
import type {
  Checkpoint,
  CheckpointRun,
  RowRange,
  StoredValues,
} from "../../checkpoints/checkpoint.ts";
import { runView } from "../../checkpoints/run_view.ts";
import { shownName } from "../../messages/shown.ts";
import { type InitialLaw, initialWeights } from "./initial_weights.ts";
import { rowCount } from "./null_tensors.ts";
import { fillNormal, seededStreams } from "./shuffle.ts";
import { checkRange, type StoredMatrix, storedMatrix } from "./stored_matrix.ts";
import { textDigest } from "./text_digest.ts";

/** A run with an untrained network as its step 0, and how that was drawn, in words. */
export interface UntrainedRun {
  readonly run: CheckpointRun;
  readonly words: string;
}

/**
 * Give a run an untrained network as step 0, in place of a checkpoint of that step: the weights of each matrix drawn anew by
 * the initialiser that {@linkcode initialWeights} finds, whatever the weights of the checkpoint are. Random numbers depend on
 * the seed, the tensor and the row alone.
 *
 * @param first The step whose checkpoint tells the shapes and the config.
 * @throws {Error} If nothing says how the network was initialised.
 */
export async function untrainedRun(
  run: CheckpointRun,
  seed: number,
  first: number = run.steps.find((step) => step > 0) ?? 0,
): Promise<UntrainedRun> {
  const model = await run.checkpoint(first);
  const architecture = detectArchitecture(model);
  const { lawOf, words } = initialWeights(model, architecture);
  const matrices = new Map(architecture.matrices.map((matrix) => [matrix.tensor, {
    stored: storedMatrix({ ...matrix, fused: false }, architecture),
    law: lawOf(matrix),
  }]));
  const said = `untrained weights, ${words}, seed ${seed}`;
  const source = `${run.source} (${said})`;
  const drawn = (name: string, rows?: readonly RowRange[]): StoredValues => {
    const matrix = matrices.get(name);
    if (matrix === undefined) {
      throw new Error(`${shownName(name)} of ${source} is not drawn: it is no matrix of weights`);
    }
    rows?.forEach((range) => checkRange(range, matrix.stored, source));
    const wanted = rows ?? [{ start: 0, end: matrix.stored.rows }];
    const bytes = drawnRows(matrix.stored, matrix.law, seed, wanted);
    const shape = [rowCount(wanted), ...model.tensors.get(name)!.shape.slice(1)];
    return { dtype: "F32", shape, bytes };
  };
  const untrained: Checkpoint = {
    ...{ model: run.model, step: 0, source, config: model.config },
    read: (name, rows) => Promise.try(() => drawn(name, rows)),
    ...model.declared && { declared: model.declared },
    tensors: new Map([...model.tensors].map(([name, info]) => {
      return [name, matrices.has(name) ? { ...info, dtype: "F32" } : info];
    })),
    digest: () => {
      const laws = [...matrices].map((
        [name, { stored: { rows, columns, kernel }, law }],
      ) => [name, rows, columns, kernel, law.kind, law.scale]);
      return Promise.resolve(textDigest(JSON.stringify([said, laws])));
    },
  };
  const { listedDigests } = run;
  return {
    words: said,
    run: runView(run, {
      steps: [0, ...run.steps.filter((step) => step !== 0)],
      ...run.usualSteps && { usualSteps: [0, ...run.usualSteps.filter((step) => step !== 0)] },
      checkpoint: async (step) => step === 0 ? untrained : await run.checkpoint(step),
      ...listedDigests && {
        listedDigests: async (step) =>
          step === 0 ? [await untrained.digest()] : await listedDigests.call(run, step),
      },
    }),
  };
}

/** Rows of drawn weights; stream r makes row r. */
function drawnRows(
  { name, columns, kernel }: StoredMatrix,
  { kind, scale }: InitialLaw,
  seed: number,
  rows: readonly RowRange[],
): Uint8Array {
  const streams = seededStreams(seed, 0, `untrained ${name}`);
  const size = columns * kernel, row = new Float64Array(size);
  const drawn = new Float32Array(rowCount(rows) * size);
  let filled = 0;
  for (const { start, end } of rows) {
    for (let number = start; number < end; number++) {
      const stream = streams(number);
      if (kind === "normal") fillNormal(row, stream);
      else for (let i = 0; i < size; i++) row[i] = 2 * uniformFloat64(stream) - 1;
      for (const value of row) drawn[filled++] = scale * value;
    }
  }
  return new Uint8Array(drawn.buffer);
}
