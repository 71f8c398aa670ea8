/** Whether a null model has the untrained weights that it takes. */
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import type { NullCheckpointOptions } from "./null_kind.ts";
import type { StoredMatrix } from "./stored_matrix.ts";
import { shownName } from "../../messages/shown_name.ts";

/**
 * Check that `rescale` has an untrained checkpoint of the same shapes, and no other kind has one.
 *
 * @throws {RangeError} If not.
 */
export function checkUntrained(
  checkpoint: Checkpoint,
  matrices: ReadonlyMap<string, StoredMatrix>,
  { kind, untrained }: NullCheckpointOptions,
): void {
  if (kind !== "rescale") {
    if (!untrained) return;
    throw new RangeError(`The null model "${kind}" takes no untrained checkpoint; leave it out.`);
  }
  if (!untrained) {
    throw new RangeError(
      'The null model "rescale" needs the untrained checkpoint: give the one of step 0.',
    );
  }
  for (const name of matrices.keys()) {
    const [here, there] = [checkpoint, untrained].map(({ tensors }) => tensors.get(name)?.shape);
    if (`${here}` === `${there}`) continue;
    throw new RangeError(
      `${shownName(name)} has the shape [${here}] in ${checkpoint.source} and [${
        there ?? "none"
      }] in ` +
        `${untrained.source}; give the untrained checkpoint of the same model.`,
    );
  }
}
