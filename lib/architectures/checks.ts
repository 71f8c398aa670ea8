/** Compare a tensor's shape with the sizes of the layers that it joins. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { shown, shownName } from "../messages/shown.ts";
import { isFloatType } from "../checkpoints/decode_values.ts";

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
      `ask for ${shown(asked)}; give the checkpoint its own config.json, or none`,
  );
}

/** What a config says of an entry, its own or that of the text model in it. */
export function configured({ config }: Checkpoint, entry: string): unknown {
  if (config?.[entry] !== undefined) return config[entry];
  const text = config?.text_config;
  return typeof text === "object" && text !== null
    ? (text as Readonly<Record<string, unknown>>)[entry]
    : undefined;
}

/**
 * Check that the config, where it names a size, names the one that the tensors have.
 *
 * @throws {Error} with both values if they differ.
 */
export function checkConfiguredSize(checkpoint: Checkpoint, entry: string, measured: number): void {
  const value = configured(checkpoint, entry) ?? measured;
  if (value === measured) return;
  throw new Error(
    `config.json of ${checkpoint.source} says ${entry} ${shown(value)} ` +
      `but its tensors say ${measured}; one of the two belongs to another model`,
  );
}

/** What a tensor with this number of axes is. */
const kinds = {
  2: "a weight matrix has two axes",
  3: "a convolution of sequences has three axes, [out, in, length]",
  4: "a convolution has four axes, [out, in, height, width]",
  5: "a convolution of volumes has five axes, [out, in, depth, height, width]",
} as const;

/**
 * The tensor of that name.
 *
 * @param checkpoint Where to look.
 * @param name Its name.
 * @param axes How many axes it has: 2, or more for a convolution.
 * @throws {Error} if it is missing, has not that many axes with at least one value, or its number format
 * cannot be read as weights.
 */
export function floatMatrix(
  { source, tensors }: Checkpoint,
  name: string,
  axes: 2 | 3 | 4 | 5 = 2,
): TensorInfo {
  const tensor = tensors.get(name);
  if (!tensor) {
    throw new Error(
      `${source} lacks the tensor ${
        shownName(name)
      }: it is of another kind than its other names say, or not whole`,
    );
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
