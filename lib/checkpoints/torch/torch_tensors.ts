/** From the value of a torch file's pickle to the tensors by name. */

import type { FileTensor } from "../file_weights.ts";
import { bytesPerValue } from "../decode_values.ts";
import { shown, someNames } from "../../messages/shown.ts";
import { checkTensorCount } from "../tensor_count.ts";
import { type PickleValue, type TorchStorage, TorchTensor } from "./pickle_machine.ts";

/** A tensor, the storage it views and where in it the tensor begins. */
export interface TorchFileTensor extends FileTensor {
  readonly storage: TorchStorage;
  /** First byte, counted from the storage's first. */
  readonly byteOffset: number;
}

/**
 * The tensors of a state dict: the dictionary's entries that are tensors. Others, such as the count of an
 * epoch, are no weights and are left out.
 *
 * @param fileSize Size of the whole file; a tensor that repeats its values to more than that is refused.
 * @param source The file's name, for messages.
 * @throws {Error} if the value is no dictionary, has more entries than any model has tensors, or has no tensor but other entries.
 */
export function torchTensors(
  value: PickleValue,
  fileSize: number,
  source: string,
): ReadonlyMap<string, TorchFileTensor> {
  if (!(value instanceof Map)) {
    const what = value instanceof TorchTensor ? "a tensor without a name" : shown(value);
    throw new Error(`${source} holds ${what}, not the tensors of a model by name`);
  }
  checkTensorCount(value.size, source);
  const tensors = new Map<string, TorchFileTensor>();
  for (const [name, tensor] of value) {
    if (!(tensor instanceof TorchTensor)) continue;
    if (typeof name !== "string") {
      throw new Error(`${source} has a tensor named ${shown(name)}, which is no text`);
    }
    const { storage, offset, shape, strides } = tensor;
    const valueBytes = bytesPerValue.get(storage.dtype)!;
    const bytes = shape.reduce((product, size) => product * size, valueBytes);
    if (bytes > fileSize) {
      throw new Error(
        `${source} has a tensor ${
          shown(name)
        } that repeats its values to ${bytes} bytes, more than ` +
          `the file's ${fileSize}; save a contiguous copy of it`,
      );
    }
    const byteOffset = offset * valueBytes;
    tensors.set(name, { name, dtype: storage.dtype, shape, strides, storage, byteOffset });
  }
  if (tensors.size === 0 && value.size > 0) {
    const names = [...value.keys()].map((name) => typeof name === "string" ? name : shown(name));
    throw new Error(
      `${source} has no tensors among its entries (${someNames(names)}); save the model's ` +
        "state_dict alone, or as safetensors",
    );
  }
  return tensors;
}
