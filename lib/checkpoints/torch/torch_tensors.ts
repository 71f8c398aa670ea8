/** From the value of a torch file's pickle to the tensors by name, and to the weights of the file. */

import { printable, shown, someNames } from "../../messages/shown.ts";
import type { ByteSource } from "../byte_source.ts";
import { bytesPerValue } from "../decode_values.ts";
import { checkTensorCount } from "../limits.ts";
import { packingOf8Bits } from "../scaled_weights.ts";
import { type FileTensor, FileWeights, type Weights } from "../weights.ts";
import { ModuleReader } from "./module_tensors.ts";
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
 * The tensors of a model among what was saved: those of the one dictionary, on top or inside
 * others, that has matrices of floating-point numbers, or the one module that was saved whole;
 * states of optimizers are passed over. What else there is, such as the count of an epoch, is left
 * out. A tensor that repeats its values to more than the whole file is refused.
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

/** What holds values by keys: a dictionary, a list, or a module with its tensors by name. */
interface Keyed {
  readonly items: ReadonlyMap<PickleValue, PickleValue>;
  /** What of a module cannot be read as weights. */
  readonly unreadable?: string | null;
}

/** The same, somewhere in a file. */
interface Dictionary extends Keyed {
  /** The keys that lead to it. */
  readonly path: string;
}

/** The dictionary to take; one that is not wholly readable is refused. */
function chosenDictionary(value: PickleValue, source: string, key?: string): Dictionary {
  const chosen = foundDictionary(value, source, key), unreadable = chosen.unreadable ?? null;
  if (unreadable === null) return chosen;
  throw new Error(
    `${source} has ${unreadable}, which cannot be read as weights; save the model's state_dict alone, not quantised`,
  );
}

function foundDictionary(value: PickleValue, source: string, key?: string): Dictionary {
  const reader = new ModuleReader(source), keyed = keyedValues(value, reader);
  if (keyed === null) {
    throw new Error(`${source} holds ${whatIs(value)}, not the tensors of a model by name`);
  }
  const top = keyed.items, all = dictionariesIn(keyed, reader);
  if (key !== undefined) {
    const asked = all.find((one) => one.path === key && holdsTensors(one));
    if (asked) return asked;
    const paths = all.filter(holdsTensors).map(({ path }) => path);
    throw new Error(
      `${source} has no dictionary of tensors named ${shown(key)}; it has ${someNames(paths)}`,
    );
  }
  const weights = all.filter((one) => !isTraining(one.path, one.items) && holdsTensors(one));
  const withMatrices = weights.filter((one) => !isReadable(one) || some(one.items, isMatrix));
  const found = withoutRepeats(withMatrices.length > 0 ? withMatrices : weights);
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
function dictionariesIn(top: Keyed, reader: ModuleReader): Dictionary[] {
  const found: Dictionary[] = [{ path: TOP, ...top }];
  const seen = new Set<unknown>();
  let level = found;
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0; depth++) {
    const next: Dictionary[] = [];
    for (const { path, items } of level) {
      if (depth > 0 && isTraining(path, items)) continue;
      for (const [key, value] of items) {
        if (value === null || typeof value !== "object" || seen.has(value)) continue;
        const inner = keyedValues(value, reader);
        if (inner === null || found.length + next.length >= MOST_DICTIONARIES) continue;
        seen.add(value);
        const name = typeof key === "string" || typeof key === "number" ? String(key) : shown(key);
        next.push({ path: path === TOP ? name : `${path}.${name}`, ...inner });
      }
    }
    found.push(...next);
    level = next;
  }
  return found;
}

/**
 * The entries of a dictionary, also of another class, the items of a list by their numbers, or the
 * tensors of a module; `null` of anything else.
 */
function keyedValues(value: PickleValue, reader: ModuleReader): Keyed | null {
  if (value instanceof Map) return { items: value };
  if (value instanceof PickleOpaque) {
    return value.entries === null ? reader.read(value) : { items: value.entries };
  }
  const list = Array.isArray(value) ? value : value instanceof PickleTuple ? value.items : null;
  // Lists of numbers, such as the losses of all steps, hold nothing to look into.
  if (!list?.some((item) => typeof item === "object" && item !== null)) return null;
  return { items: new Map(list.map((item, i) => [String(i), item])) };
}

function isTraining(path: string, items: Dictionary["items"]): boolean {
  return path.split(".").some((key) => TRAINING.test(key)) ||
    items.has("state") && items.has("param_groups");
}

function some(items: Dictionary["items"], is: (tensor: TorchTensor) => boolean): boolean {
  for (const value of items.values()) if (value instanceof TorchTensor && is(value)) return true;
  return false;
}

function isReadable({ unreadable = null }: Keyed): boolean {
  return unreadable === null;
}

function holdsTensors(one: Keyed): boolean {
  return !isReadable(one) || some(one.items, () => true);
}

/**
 * Dictionaries that are compared with each other; a file with more of them than that has no model
 * saved twice.
 */
const MOST_COMPARED = 16;

/**
 * The dictionaries without those that hold what one before holds, as a module and its own
 * `state_dict` do.
 */
function withoutRepeats(found: readonly Dictionary[]): readonly Dictionary[] {
  if (found.length > MOST_COMPARED) return found;
  return found.filter((one, i) => !found.slice(0, i).some((other) => isSame(one, other)));
}

/** Whether two dictionaries hold the same parts of the same storages by the same names. */
function isSame(one: Dictionary, other: Dictionary): boolean {
  if (!isReadable(one) || !isReadable(other)) return false;
  const [own, others] = [one, other].map(({ items }) =>
    new Map(
      [...items].filter((entry): entry is [PickleValue, TorchTensor] =>
        entry[1] instanceof TorchTensor
      ),
    )
  ) as [Map<PickleValue, TorchTensor>, Map<PickleValue, TorchTensor>];
  return own.size === others.size && [...own].every(([name, { storage, offset, shape }]) => {
    const same = others.get(name);
    return same !== undefined && same.storage.key === storage.key && same.offset === offset &&
      same.shape.length === shape.length && same.shape.every((size, i) => size === shape[i]);
  });
}

/** Whether a tensor can be a weight with inputs and outputs, in any of the formats of floating-point numbers. */
export function isMatrix({ storage, shape }: TorchTensor): boolean {
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
  }, [file.entry ?? [], entry ?? []].flat().join(": ") || null);
}
