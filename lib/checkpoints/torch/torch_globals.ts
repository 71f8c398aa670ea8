/** The few Python names that tensors need, what is done in their place, and what stands for all other names. */

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
  PickleOpaque,
  PickleTuple,
  type PickleValue,
  TorchStorage,
  TorchTensor,
} from "./pickle_machine.ts";

/** The most axes that torch allows; also keeps a shape that is referred to many times cheap to check. */
const MOST_AXES = 64;

/** Number formats of the storages, by the safetensors names; a storage without a type is counted in bytes. */
const storageDtypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ Double: "F64", Float: "F32", Half: "F16", BFloat16: "BF16", ComplexHalf: "C32" },
    ...{ ComplexFloat: "C64", ComplexDouble: "C128", Untyped: "U8", Byte: "U8", Bool: "BOOL" },
    ...{ Long: "I64", Int: "I32", Short: "I16", Char: "I8", QInt8: "I8", QUInt8: "U8" },
    ...{ QInt32: "I32", QUInt4x2: "U8", QUInt2x4: "U8" },
  }).map(([type, dtype]) => [`torch.${type}Storage`, dtype]),
);

/** Number formats that only tensors name, since their storages have no type. */
const tensorDtypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ float8_e4m3fn: "F8_E4M3", float8_e5m2: "F8_E5M2", float8_e8m0fnu: "F8_E8M0" },
    ...{ float8_e4m3fnuz: "F8_E4M3FNUZ", float8_e5m2fnuz: "F8_E5M2FNUZ" },
    ...{ uint16: "U16", uint32: "U32", uint64: "U64" },
  }).map(([type, dtype]) => [`torch.${type}`, dtype]),
);

/** What is done where Python would call a name; it pays for what it makes. */
type Call = (args: readonly PickleValue[], budget: PickleBudget) => PickleValue;

/** The calls that make tensors. */
const tensorCalls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ["torch._utils._rebuild_tensor", rebuildTensor],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_tensor_v3", rebuildTensorOfType],
  ["torch._utils._rebuild_parameter", rebuildParameter],
  ["torch._utils._rebuild_parameter_with_state", rebuildParameter],
  // What parameters were saved as before torch 1.0.
  ["torch.nn.parameter.Parameter", rebuildParameter],
]);

/** All calls by name; nothing from the file is ever run, and any other name only makes a `PickleOpaque`. */
const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ...tensorCalls,
  ["torch._tensor._rebuild_from_type_v2", rebuildFromType],
  ["collections.OrderedDict", orderedDict],
  ["collections.defaultdict", (_, budget) => orderedDict([], budget)],
  ["builtins.set", setOf],
  ["__builtin__.set", setOf],
]);

/** More letters than any allowed name has; the rest of a longer one is dropped, for it is only shown. */
const MOST_LETTERS = 200;

/** A name that a pickle asks for; it is not looked up anywhere. */
export function namedGlobal(module: string, name: string): PickleGlobal {
  return new PickleGlobal(`${module.slice(0, MOST_LETTERS)}.${name.slice(0, MOST_LETTERS)}`);
}

/** What stands for an object of another kind; it is paid for. */
export function opaque(name: string, budget: PickleBudget): PickleOpaque {
  budget.pay(FRAME_SLOTS);
  return new PickleOpaque(name);
}

/** The value that Python would get by calling `callee`, or what stands for it; what is made is paid for. */
export function callGlobal(
  callee: PickleValue,
  args: PickleValue,
  budget: PickleBudget,
): PickleValue {
  const name = callee instanceof PickleGlobal ? callee.name : null;
  const call = name === null ? undefined : calls.get(name);
  if (call && args instanceof PickleTuple) return call(args.items, budget);
  if (name !== null && !call && !storageDtypes.has(name)) return opaque(name, budget);
  throw new Error(`calls ${name ?? shown(callee)}, as no pickle of tensors does`);
}

/**
 * What an identifier of something outside the pickle means. A storage is identified by the text `storage`, the class of the
 * storage, its key, the device it was on, its count of numbers and, in old files, the part of it that is meant; a class whose
 * source old files keep, by the text `module` and itself.
 */
export function persistentValue(identifier: PickleValue): TorchStorage | PickleGlobal {
  const items = identifier instanceof PickleTuple ? identifier.items : [];
  const [kind, type, key, , count, part = null] = items;
  if (kind === "module" && type instanceof PickleGlobal) return type;
  if (kind !== "storage") {
    throw new Error(`refers to ${shown(kind)} outside its pickle, where only "storage" is known`);
  }
  const dtype = type instanceof PickleGlobal ? storageDtypes.get(type.name) : undefined;
  if (type instanceof PickleGlobal && dtype === undefined) {
    const name = printable(type.name.slice(0, 80));
    throw new Error(`has a storage of ${name}, which is not known; save the model as safetensors`);
  }
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

/** A set, empty or from a list. */
function setOf([items = []]: readonly PickleValue[], budget: PickleBudget): PickleValue {
  if (!Array.isArray(items)) return opaque("set", budget);
  budget.pay(DICTIONARY_SLOTS + ENTRY_SLOTS * items.length);
  return new Set(items);
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

/** The same of a storage without a type, whose tensor names the number format. */
function rebuildTensorOfType(args: readonly PickleValue[], budget: PickleBudget): PickleValue {
  const [storage, , , , , , type] = args;
  if (!(storage instanceof TorchStorage) || !(type instanceof PickleGlobal)) {
    throw new Error("has a tensor without a storage or a type");
  }
  const dtype = tensorDtypes.get(type.name);
  if (dtype === undefined) return opaque(`torch._utils._rebuild_tensor_v3 ${type.name}`, budget);
  const { key, count, offset, length } = storage;
  const size = bytesPerValue.get(dtype)!, bytes = bytesPerValue.get(storage.dtype)!;
  const inValues = (values: number) => values * bytes / size;
  const typed = [count, offset, length].map(inValues);
  if (!typed.every(isSize)) throw new Error(`has a damaged storage of ${count} for ${dtype}`);
  const [counted, from, long] = typed as [number, number, number];
  return rebuildTensor(
    [new TorchStorage(key, dtype, counted, from, long), ...args.slice(1)],
    budget,
  );
}

function rebuildParameter([tensor]: readonly PickleValue[]): PickleValue {
  if (tensor instanceof TorchTensor || tensor instanceof PickleOpaque) return tensor;
  throw new Error("has a parameter that is no tensor");
}

/** A tensor of another class, or with attributes: from what makes the tensor, and with what. */
function rebuildFromType([callee, , args]: readonly PickleValue[], budget: PickleBudget) {
  const name = callee instanceof PickleGlobal ? callee.name : "";
  const call = tensorCalls.get(name);
  if (call && args instanceof PickleTuple) return call(args.items, budget);
  return opaque(`torch._tensor._rebuild_from_type_v2 ${name}`, budget);
}

function counts(value: PickleValue | undefined): readonly number[] | null {
  if (!(value instanceof PickleTuple) || value.items.length > MOST_AXES) return null;
  return value.items.every(isSize) ? value.items as readonly number[] : null;
}
