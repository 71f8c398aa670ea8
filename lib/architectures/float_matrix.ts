/** Look up a weight matrix among a checkpoint's tensors. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { isFloatType } from "../checkpoints/dtypes.ts";
import { shown } from "../messages/shown.ts";
import { shownName } from "../messages/shown_name.ts";

/** What has so many axes. */
const kinds = {
  2: "a weight matrix has two axes",
  4: "a convolution has four axes, [out, in, height, width]",
} as const;

/**
 * The tensor of that name.
 *
 * @param checkpoint Where to look.
 * @param name Its name.
 * @param axes How many axes it has: 2, or 4 for a convolution.
 * @throws {Error} if it is missing, has not that many axes with at least one value, or its number format
 * cannot be read as weights.
 */
export function floatMatrix(
  { source, tensors }: Checkpoint,
  name: string,
  axes: 2 | 4 = 2,
): TensorInfo {
  const tensor = tensors.get(name);
  if (!tensor) {
    throw new Error(`${source} lacks the tensor ${shownName(name)}; get the checkpoint again`);
  }
  const { shape, dtype } = tensor;
  if (shape.length !== axes || shape.includes(0)) {
    throw new Error(
      `tensor ${shownName(name)} of ${source} has the shape ${shown(shape)}, but ${kinds[axes]}`,
    );
  }
  if (!isFloatType(dtype)) {
    throw new Error(
      `tensor ${shownName(name)} of ${source} is stored as ${
        shownName(dtype)
      }; weights are F64, F32, F16 or BF16`,
    );
  }
  return tensor;
}
