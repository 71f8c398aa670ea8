/** Compare a tensor's shape with the sizes of the layers that it joins. */

import type { TensorInfo } from "../checkpoints/checkpoint.ts";
import { shown } from "../messages/shown.ts";
import { shownName } from "../messages/shown_name.ts";

/**
 * Check a tensor's first axes.
 *
 * @param tensor The tensor.
 * @param expected The sizes that its first axes must have.
 * @param source Where it is, for the message.
 * @param because What asks for these sizes, for the message.
 * @throws {Error} with both shapes if they differ.
 */
export function checkShape(
  { name, shape }: TensorInfo,
  expected: readonly number[],
  source: string,
  because: string,
): void {
  if (expected.every((size, axis) => shape[axis] === size)) return;
  const asked = [...expected, ...shape.slice(expected.length)];
  throw new Error(
    `tensor ${shownName(name)} of ${source} has the shape ${shown(shape)}, but ${because} ` +
      `ask for ${shown(asked)}; get the checkpoint again`,
  );
}
