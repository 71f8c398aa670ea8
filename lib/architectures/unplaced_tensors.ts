/** Refuse weights that an architecture has no place for. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { someNames } from "../messages/some_names.ts";

/**
 * Check that every matrix in a part of a checkpoint is one that its family knows: a model with matrices besides is another
 * model, and a network without them would pass for its whole network. Vectors and masks are no matrices.
 *
 * @param checkpoint The checkpoint.
 * @param family The family it was recognised as.
 * @param placed Names of the tensors that have a place.
 * @param part Which names to look at; default all.
 * @throws {Error} with the names of the matrices that have no place.
 */
export function refuseUnplacedTensors(
  { source, tensors }: Checkpoint,
  family: string,
  placed: Iterable<string>,
  part: (name: string) => boolean = () => true,
): void {
  const known = new Set(placed);
  const unplaced = [...tensors.values()].filter(({ name, shape }) =>
    shape.length > 1 && name.endsWith(".weight") && part(name) && !known.has(name)
  );
  if (unplaced.length === 0) return;
  throw new Error(
    `${source} looks like ${family} but is another architecture; ` +
      `tensors without a place: ${someNames(unplaced.map(({ name }) => name))}`,
  );
}
