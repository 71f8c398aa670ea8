/** From the value of a torch file's pickle to the tensors by name, and to the weights of the file. */

import { shown, someNames } from "../../messages/shown.ts";
import type { ByteSource } from "../byte_source.ts";
import { bytesPerValue } from "../decode_values.ts";
import { checkTensorCount } from "../limits.ts";
import { type FileTensor, FileWeights, type Weights } from "../weights.ts";
import { type PickleValue, type TorchStorage, TorchTensor } from "./pickle_machine.ts";

/** A tensor, the storage it views and where in it the tensor begins. */
export interface TorchFileTensor extends FileTensor {
  readonly storage: TorchStorage;
  /** First byte, counted from the storage's first. */
  readonly byteOffset: number;
}

/**
 * The tensors of a state dict: the dictionary's entries that are tensors. Others, such as the count of an epoch, are no
 * weights and are left out. A tensor that repeats its values to more than the whole file is refused.
 */
export function torchTensors(
  value: PickleValue,
  { size: fileSize, source }: ByteSource,
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
    const { storage, offset, shape, strides } = tensor, { dtype } = storage;
    const valueBytes = bytesPerValue.get(dtype)!;
    const bytes = shape.reduce((product, size) => product * size, valueBytes);
    if (bytes > fileSize) {
      throw new Error(
        `${source} has a tensor ${shown(name)} that repeats its values to ${bytes} bytes, ` +
          `more than the file's ${fileSize}; save a contiguous copy of it`,
      );
    }
    tensors.set(name, { name, dtype, shape, strides, storage, byteOffset: offset * valueBytes });
  }
  if (tensors.size > 0 || value.size === 0) return tensors;
  const names = [...value.keys()].map((name) => typeof name === "string" ? name : shown(name));
  throw new Error(
    `${source} has no tensors among its entries (${someNames(names)}); save the model's ` +
      "state_dict alone, or as safetensors",
  );
}

/**
 * The weights of a torch file.
 *
 * @param placeOf Where a tensor's storage is, in terms of the file's form.
 * @param begins Looks up the first bytes of storages' values; it is asked for each place once.
 */
export function torchWeights<Place>(
  file: ByteSource,
  tensors: ReadonlyMap<string, TorchFileTensor>,
  placeOf: (tensor: TorchFileTensor) => Place,
  begins: (places: readonly Place[]) => Promise<readonly number[]>,
): Weights {
  const places = new Map([...tensors.values()].map((tensor) => [tensor, placeOf(tensor)]));
  const known = new Map<Place, number>();
  return new FileWeights(file, tensors, async (wanted) => {
    const own = wanted.map((tensor) => places.get(tensor)!);
    const unknown = [...new Set(own)].filter((place) => !known.has(place));
    const found = unknown.length > 0 ? await begins(unknown) : [];
    unknown.forEach((place, i) => known.set(place, found[i]!));
    return wanted.map(({ byteOffset }, i) => known.get(own[i]!)! + byteOffset);
  });
}
