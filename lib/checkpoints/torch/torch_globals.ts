/** The few Python names that a pickle of tensors needs, and what is done in their place. */

import { printable, shown } from "../../messages/shown.ts";
import { bytesPerValue } from "../decode_values.ts";
import { isSize } from "../limits.ts";
import { valuesSpanned } from "../strided_rows.ts";
import {
  DICTIONARY_SLOTS,
  ENTRY_SLOTS,
  FRAME_SLOTS,
  type PickleBudget,
  PickleGlobal,
  PickleTuple,
  type PickleValue,
  TorchStorage,
  TorchTensor,
} from "./pickle_machine.ts";

/** The most axes that torch allows; also keeps a shape that is referred to many times cheap to check. */
const MOST_AXES = 64;

/** Number formats of the storages, by the safetensors names. */
const storageDtypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ Double: "F64", Float: "F32", Half: "F16", BFloat16: "BF16", ComplexFloat: "C64" },
    ...{ Long: "I64", Int: "I32", Short: "I16", Char: "I8", Byte: "U8", Bool: "BOOL" },
  }).map(([type, dtype]) => [`torch.${type}Storage`, dtype]),
);

/** What is done where Python would call a name; it pays for what it makes. */
type Call = (args: readonly PickleValue[], budget: PickleBudget) => PickleValue;

/** The calls by name; nothing from the file is ever run. */
const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ["collections.OrderedDict", orderedDict],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_parameter", rebuildParameter],
]);

/** A name that a pickle asks for, if it is one of the allowed ones. */
export function allowedGlobal(module: string, name: string): PickleGlobal {
  const global = `${module}.${name}`;
  if (calls.has(global) || storageDtypes.has(global)) return new PickleGlobal(global);
  throw new Error(
    `asks for ${printable(global.slice(0, 80))}, which is not needed for tensors and is not run; ` +
      "save the model's state_dict alone, or as safetensors",
  );
}

/** The value that Python would get by calling `callee`; what is made for it is paid for. */
export function callGlobal(
  callee: PickleValue,
  args: PickleValue,
  budget: PickleBudget,
): PickleValue {
  const call = callee instanceof PickleGlobal ? calls.get(callee.name) : undefined;
  if (call && args instanceof PickleTuple) return call(args.items, budget);
  const what = callee instanceof PickleGlobal ? callee.name : shown(callee);
  throw new Error(`calls ${what}, as no pickle of tensors does`);
}

/**
 * The storage that an identifier of something outside the pickle means: the text `storage`, the class of the
 * storage, its key, the device it was on, its count of numbers and, in old files, the part of it that is meant.
 */
export function persistentStorage(identifier: PickleValue): TorchStorage {
  const items = identifier instanceof PickleTuple ? identifier.items : [];
  const [kind, type, key, , count, part = null] = items;
  if (kind !== "storage") {
    throw new Error(`refers to ${shown(kind)} outside its pickle, where only "storage" is known`);
  }
  const dtype = type instanceof PickleGlobal ? storageDtypes.get(type.name) : undefined;
  if (dtype === undefined || typeof key !== "string" || !isSize(count)) {
    throw new Error(`has a damaged storage: ${[type, key, count].map(shown).join(", ")}`);
  }
  if (part === null) return new TorchStorage(key, dtype, count, 0, count);
  const [, offset, length] = part instanceof PickleTuple ? part.items : [];
  if (isSize(offset) && isSize(length) && offset + length <= count) {
    return new TorchStorage(key, dtype, count, offset, length);
  }
  throw new Error(
    `has a damaged storage: a part of ${shown(length)} from ${shown(offset)} of ${count}`,
  );
}

/** An ordered dictionary, empty or from a list of pairs. */
function orderedDict([pairs = []]: readonly PickleValue[], budget: PickleBudget): PickleValue {
  const entries = Array.isArray(pairs) ? pairs : [null];
  budget.pay(DICTIONARY_SLOTS + ENTRY_SLOTS * entries.length);
  return new Map(entries.map((pair): [PickleValue, PickleValue] => {
    const items = pair instanceof PickleTuple ? pair.items : Array.isArray(pair) ? pair : [];
    if (items.length !== 2) throw new Error("has a damaged ordered dictionary");
    return [items[0]!, items[1]!];
  }));
}

/** A tensor from its storage, offset, shape and strides; what else there is, such as hooks, makes no value. */
function rebuildTensor(
  [storage, offset, shape, strides]: readonly PickleValue[],
  budget: PickleBudget,
): PickleValue {
  budget.pay(FRAME_SLOTS);
  if (!(storage instanceof TorchStorage)) throw new Error("has a tensor without a storage");
  const sizes = counts(shape), steps = counts(strides);
  if (!isSize(offset) || !sizes || !steps || sizes.length !== steps.length) {
    const [of, by] = [shape, strides].map((value) =>
      shown(value instanceof PickleTuple ? value.items : value)
    );
    throw new Error(
      `has a damaged tensor of shape ${of}, strides ${by} and offset ${shown(offset)}`,
    );
  }
  const span = valuesSpanned({ shape: sizes, strides: steps });
  if (span > 0 && !(offset + span <= storage.length)) {
    throw new Error(
      `has a tensor of shape [${sizes}] and strides [${steps}] that leaves its storage: ` +
        `from ${offset} it needs ${span} of ${storage.length} values`,
    );
  }
  const values = sizes.includes(0) ? 0 : sizes.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(values * bytesPerValue.get(storage.dtype)!)) {
    throw new Error(`has a tensor of the impossible shape [${sizes}]`);
  }
  return new TorchTensor(storage, storage.offset + offset, sizes, steps);
}

function rebuildParameter([tensor]: readonly PickleValue[]): PickleValue {
  if (tensor instanceof TorchTensor) return tensor;
  throw new Error("has a parameter that is no tensor");
}

function counts(value: PickleValue | undefined): readonly number[] | null {
  if (!(value instanceof PickleTuple) || value.items.length > MOST_AXES) return null;
  return value.items.every(isSize) ? value.items as readonly number[] : null;
}
