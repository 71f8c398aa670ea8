/** What has to be read of a checkpoint for its null model. */
import type { Architecture } from "../../architectures/architecture.ts";
import type { TensorRows } from "../../checkpoints/weights.ts";
import type { NullKind } from "./null_kind.ts";
import { needsWholeTensor } from "./null_tensors.ts";
import { storedMatrix } from "./stored_matrix.ts";

/**
 * What has to be read of a checkpoint for some rows of its null model: at least these rows, and where a row is made of its
 * tensor's other rows or of their scale the whole tensor. `rescale` needs the same tensors of the untrained checkpoint too.
 */
export function nullRequests(
  kind: NullKind,
  architecture: Architecture,
  requests: readonly TensorRows[],
): TensorRows[] {
  const whole = new Set(
    architecture.matrices.filter((matrix) =>
      kind === "gaussian" || kind === "rescale" ||
      needsWholeTensor(kind, storedMatrix(matrix, architecture))
    ).map(({ tensor }) => tensor),
  );
  return requests.map((request) => whole.has(request.name) ? { name: request.name } : request);
}
