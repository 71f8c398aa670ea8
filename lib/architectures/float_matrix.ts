/** Look up a weight matrix among a checkpoint's tensors. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { isFloatType } from "../checkpoints/dtypes.ts";
import { shown } from "../checkpoints/shown.ts";

/**
 * The tensor of that name.
 *
 * @throws {Error} if it is missing, has not two axes with at least one value, or its number format cannot
 * be read as weights.
 */
export function floatMatrix({ source, tensors }: Checkpoint, name: string): TensorInfo {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`${source} lacks the tensor ${name}; get the checkpoint again`);
  const { shape, dtype } = tensor;
  if (shape.length !== 2 || shape.includes(0)) {
    throw new Error(
      `tensor ${name} of ${source} has the shape ${shown(shape)}, but a weight matrix is [out, in]`,
    );
  }
  if (!isFloatType(dtype)) {
    throw new Error(
      `tensor ${name} of ${source} is stored as ${dtype}; weights are F64, F32, F16 or BF16`,
    );
  }
  return tensor;
}
