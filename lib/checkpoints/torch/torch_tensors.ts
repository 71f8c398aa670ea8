/** From the value of a torch file's pickle to the tensors by name, and to the weights of the file. */

import { printable, shown, someNames } from "../../messages/shown.ts";
import type { ByteSource } from "../byte_source.ts";
import { bytesPerValue } from "../decode_values.ts";
import { checkTensorCount } from "../limits.ts";
import { packingOf8Bits } from "../scaled_weights.ts";
import { type FileTensor, FileWeights, type Weights } from "../weights.ts";
import {
  PickleOpaque,
  PickleTuple,
  type PickleValue,
  type TorchStorage,
  TorchTensor,
} from "./pickle_machine.ts";

/** A tensor, the storage it views and where in it the tensor begins. */
export interface TorchFileTensor extends FileTensor {
  readonly storage: TorchStorage;
  /** First byte, counted from the storage's first. */
  readonly byteOffset: number;
}

/** The tensors that a torch file's pickle holds, and where in it they were. */
export interface TorchTensors {
  readonly tensors: ReadonlyMap<string, TorchFileTensor>;
  /** The keys that lead to them, or `null` where they are all that there is on top. */
  readonly entry: string | null;
}

/**
 * The tensors of a model among what was saved: those of the one dictionary, on top or inside others, that has matrices of
 * floating-point numbers; states of optimizers are passed over. What else there is, such as the count of an epoch, is left out. A
 * tensor that repeats its values to more than the whole file is refused.
 *
 * @param key The keys that lead to the dictionary to take, with points between them.
 */
export function torchTensors(
  value: PickleValue,
  { size: fileSize, source }: Pick<ByteSource, "size" | "source">,
  key?: string,
): TorchTensors {
  const { path, items } = chosenDictionary(value, source, key);
  const named = namedTensors(items, source);
  const tensors = new Map<string, TorchFileTensor>();
  for (const [name, { storage, offset, shape, strides }] of named) {
    const { dtype } = storage, valueBytes = bytesPerValue.get(dtype)!;
    const bytes = shape.reduce((product, size) => product * size, valueBytes);
    if (bytes > fileSize) {
      throw new Error(
        `${source} has a tensor ${shown(name)} that repeats its values to ${bytes} bytes, ` +
          `more than the file's ${fileSize}; save a contiguous copy of it`,
      );
    }
    const packing = packingOf8Bits.get(dtype);
    tensors.set(name, {
      ...{ name, dtype, shape, strides, storage, byteOffset: offset * valueBytes },
      ...packing && { packing },
    });
  }
  return { tensors, entry: path === TOP ? null : path };
}

/** Where entries are that are in no dictionary inside the file, for who chooses. */
const TOP = ".";
/** Dictionaries inside each other that are looked into. */
const MOST_DEPTH = 6;
/** Dictionaries and lists that are looked into. */
const MOST_DICTIONARIES = 100_000;

/** Keys of what is no model: the states of what trains it. */
const TRAINING = /optim|sched|scaler|rng|^callbacks$|^loops$/i;

/** A dictionary or list. */
interface Dictionary {
  /** The keys that lead to it. */
  readonly path: string;
  readonly items: ReadonlyMap<PickleValue, PickleValue>;
}

function chosenDictionary(value: PickleValue, source: string, key?: string): Dictionary {
  const top = itemsOf(value);
  if (top === null) {
    throw new Error(`${source} holds ${whatIs(value)}, not the tensors of a model by name`);
  }
  const all = dictionariesIn(top);
  if (key !== undefined) {
    const asked = all.find(({ path, items }) => path === key && hasTensor(items));
    if (asked) return asked;
    const paths = all.filter(({ items }) => hasTensor(items)).map(({ path }) => path);
    throw new Error(
      `${source} has no dictionary of tensors named ${shown(key)}; it has ${someNames(paths)}`,
    );
  }
  const weights = all.filter(({ path, items }) => !isTraining(path, items) && hasTensor(items));
  const withMatrices = weights.filter(({ items }) => some(items, isMatrix));
  const found = withMatrices.length > 0 ? withMatrices : weights;
  // Where nothing on top is a matrix, a dictionary inside is the model, and not the losses beside it.
  const inside = withMatrices.length > 0 ? found : found.filter(({ path }) => path !== TOP);
  if (found.length === 1 || inside.length === 1) return (inside[0] ?? found[0])!;
  if (found.length > 1) {
    const paths = found.map(({ path }) => path);
    throw new Error(
      `${source} has several dictionaries of tensors, ${
        someNames(paths)
      }; choose one by weights, such as ` +
        `${shown(paths.find((path) => path !== TOP))} (--weights KEY)`,
    );
  }
  if (top.size === 0) return { path: TOP, items: top };
  const names = [...top.keys()].map((name) => typeof name === "string" ? name : shown(name));
  throw new Error(
    `${source} has no tensors among its entries (${someNames(names)})${
      foreignIn(top)
    }; save the model's ` +
      "state_dict alone, or as safetensors",
  );
}

/** Every dictionary and list, each once, the one on top first; those of an optimizer's state are not looked into. */
function dictionariesIn(top: Dictionary["items"]): Dictionary[] {
  const found: Dictionary[] = [{ path: TOP, items: top }];
  const seen = new Set<unknown>();
  let level = found;
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0; depth++) {
    const next: Dictionary[] = [];
    for (const { path, items } of level) {
      if (depth > 0 && isTraining(path, items)) continue;
      for (const [key, value] of items) {
        if (value === null || typeof value !== "object" || seen.has(value)) continue;
        const inner = itemsOf(value);
        if (inner === null || found.length + next.length >= MOST_DICTIONARIES) continue;
        seen.add(value);
        const name = typeof key === "string" || typeof key === "number" ? String(key) : shown(key);
        next.push({ path: path === TOP ? name : `${path}.${name}`, items: inner });
      }
    }
    found.push(...next);
    level = next;
  }
  return found;
}

/** The entries of a dictionary, also of another class, or the items of a list by their numbers; `null` of anything else. */
function itemsOf(value: PickleValue): Dictionary["items"] | null {
  if (value instanceof Map) return value;
  if (value instanceof PickleOpaque) return value.entries;
  const list = Array.isArray(value) ? value : value instanceof PickleTuple ? value.items : null;
  // Lists of numbers, such as the losses of all steps, hold nothing to look into.
  if (!list?.some((item) => typeof item === "object" && item !== null)) return null;
  return new Map(list.map((item, i) => [String(i), item]));
}

function isTraining(path: string, items: Dictionary["items"]): boolean {
  return path.split(".").some((key) => TRAINING.test(key)) ||
    items.has("state") && items.has("param_groups");
}

function some(items: Dictionary["items"], is: (tensor: TorchTensor) => boolean): boolean {
  for (const value of items.values()) if (value instanceof TorchTensor && is(value)) return true;
  return false;
}

function hasTensor(items: Dictionary["items"]): boolean {
  return some(items, () => true);
}

/** Whether a tensor can be a weight with inputs and outputs, in any of the formats of floating-point numbers. */
function isMatrix({ storage, shape }: TorchTensor): boolean {
  return shape.length >= 2 && /^B?F\d/.test(storage.dtype);
}

/** The tensors of a dictionary by name; one that cannot be read, such as a quantised one, is refused and not left out. */
function namedTensors(items: Dictionary["items"], source: string): Map<string, TorchTensor> {
  checkTensorCount(items.size, source);
  const tensors = new Map<string, TorchTensor>();
  for (const [name, tensor] of items) {
    if (tensor instanceof PickleOpaque && /\._rebuild_/.test(tensor.name)) {
      throw new Error(
        `${source} has a tensor ${shown(name)} of ${
          printable(tensor.name.slice(0, 80))
        }, which cannot be read as ` +
          "weights; save a dense copy of it, not quantised",
      );
    }
    if (!(tensor instanceof TorchTensor)) continue;
    if (typeof name !== "string") {
      throw new Error(`${source} has a tensor named ${shown(name)}, which is no text`);
    }
    tensors.set(name, tensor);
  }
  return tensors;
}

/** What a value is, for messages. */
function whatIs(value: PickleValue): string {
  if (value instanceof TorchTensor) return "a tensor without a name";
  if (!(value instanceof PickleOpaque)) return shown(value);
  return `an object of ${printable(value.name.slice(0, 80))}, which is not made`;
}

/** What objects there are among some entries, which may be the model. */
function foreignIn(items: Dictionary["items"]): string {
  const classes = [...items.values()].flatMap((value) =>
    value instanceof PickleOpaque ? [value.name.slice(0, 80)] : []
  );
  if (classes.length === 0) return "";
  return `; objects such as those of ${someNames([...new Set(classes)])} are not made`;
}

/**
 * The weights of a torch file.
 *
 * @param placeOf Where a tensor's storage is, in terms of the file's form.
 * @param begins Looks up the first bytes of storages' values; it is asked for each place once.
 */
export function torchWeights<Place>(
  file: ByteSource,
  { tensors, entry }: TorchTensors,
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
  }, entry);
}
