/** One matrix of weights, and how far it has moved. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { decodeValues } from "../../checkpoints/decode_values.ts";
import { normsOfKernels } from "../../networks/kernel_norm.ts";
import { shownName } from "../../messages/shown.ts";

/** Values of the untrained matrix that are decoded at a time. */
const VALUES_TOGETHER = 2 ** 21;

/** The weights of a matrix. */
export interface ReadMatrix {
  readonly values: Float64Array;
  /** |w| of each edge, in an array of its own. */
  readonly edges: Float64Array;
  readonly rows: number;
  /** Stored values of a row, those of kernels among them. */
  readonly columns: number;
  /** Frobenius norm of the difference from the untrained matrix, `null` without one. */
  readonly distance: number | null;
}

/** Read a matrix. */
export async function readMatrix(
  checkpoint: Checkpoint,
  { tensor, kernel, orientation, rows: targets, columns: sources }: WeightMatrix,
  untrained: Checkpoint | undefined,
): Promise<ReadMatrix> {
  const values = decodeValues(await checkpoint.read(tensor));
  if (!values.every(Number.isFinite)) {
    throw new RangeError(
      `${
        shownName(tensor)
      } of ${checkpoint.source} holds a weight that is not finite; such a checkpoint cannot be measured`,
    );
  }
  const rows = orientation === "out, in" ? targets : sources;
  const columns = values.length / rows;
  const distance = untrained ? await distanceFrom(untrained, checkpoint, tensor, values) : null;
  const edges = kernel === 1 ? values.map(Math.abs) : normsOfKernels(values, kernel);
  return { values, edges, rows, columns, distance };
}

async function distanceFrom(
  untrained: Checkpoint,
  checkpoint: Checkpoint,
  tensor: string,
  values: Float64Array,
): Promise<number> {
  const [here, there] = [checkpoint, untrained].map(({ tensors }) => tensors.get(tensor)?.shape);
  if (`${here}` !== `${there}`) {
    throw new RangeError(
      `${shownName(tensor)} has the shape [${here}] in ${checkpoint.source} and [${
        there ?? "none"
      }] in ` +
        `${untrained.source}; give the untrained checkpoint of the same model`,
    );
  }
  const rows = here![0]!, columns = values.length / rows;
  const together = Math.max(1, Math.floor(VALUES_TOGETHER / columns));
  let squares = 0;
  for (let start = 0; start < rows; start += together) {
    const end = Math.min(rows, start + together);
    const before = decodeValues(await untrained.read(tensor, [{ start, end }]));
    for (let i = 0, k = start * columns; i < before.length; i++, k++) {
      squares += (values[k]! - before[i]!) ** 2;
    }
  }
  return Math.sqrt(squares);
}
