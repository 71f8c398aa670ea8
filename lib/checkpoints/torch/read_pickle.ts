/** Read one pickle by a machine that knows what tensors need and refuses the rest. */

import { type PickleBytes, PickleEnded } from "./pickle_bytes.ts";
import { shown } from "../../messages/shown.ts";
import {
  DICTIONARY_SLOTS,
  ENTRY_SLOTS,
  FRAME_SLOTS,
  PickleGlobal,
  PickleMachine,
  PickleOpaque,
  PickleTuple,
  type PickleValue,
  TorchStorage,
  TorchTensor,
} from "./pickle_machine.ts";
import { callGlobal, namedGlobal, opaque, persistentValue } from "./torch_globals.ts";

/** Longest whole number that is read, in bytes; torch's magic number has ten. */
const LONGEST_NUMBER = 16;

/** A pickle that was read, and every storage it refers to, in the order met, again for each reference. */
type Pickle = Pick<PickleMachine, "storages"> & { readonly value: PickleValue };

/**
 * Read the pickle that begins at the bytes' position, which is left behind it. Nothing that the
 * pickle names is imported or called; work and memory are bounded by its length, see `PickleBudget`. The message of an error
 * goes on from a file's name; it is a `PickleEnded` if the bytes end first.
 */
export function readPickle(bytes: PickleBytes): Pickle {
  const machine = new PickleMachine(bytes);
  while (true) {
    const position = bytes.position;
    const code = bytes.uint8();
    if (code === STOP) return { value: machine.pop(), storages: machine.storages };
    const run = instructions.get(code);
    if (!run) {
      const name = refused.get(code) ?? `0x${code.toString(16).padStart(2, "0")}`;
      throw new Error(
        `has the instruction ${name} at byte ${position} of its pickle, which is not needed for tensors`,
      );
    }
    run(machine, bytes);
  }
}

type Instruction = (machine: PickleMachine, bytes: PickleBytes) => void;

/** Ends a pickle. */
const STOP = 0x2e;

/** Slots of a number that is no small one, and of a text's frame; its letters are in the file. */
const SCALAR_SLOTS = 2;

const pushes =
  (value: (bytes: PickleBytes) => PickleValue, made = SCALAR_SLOTS): Instruction =>
  (machine, bytes) => machine.push(value(bytes), made);

const pushesBytes = (length: (bytes: PickleBytes) => number): Instruction => (machine, bytes) => {
  bytes.skip(length(bytes));
  machine.push(opaque("bytes", machine.budget));
};

/** The instructions of state dicts and of what is saved beside them, of protocols 2 to 5. */
const instructions: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [0x80, (_, bytes) => void bytes.uint8()], // PROTO
  [0x95, (_, bytes) => void bytes.uint64()], // FRAME
  [0x28, (machine) => machine.openGroup()], // MARK
  [0x4e, pushes(() => null, 0)], // NONE
  [0x88, pushes(() => true, 0)], // NEWTRUE
  [0x89, pushes(() => false, 0)], // NEWFALSE
  [0x4b, pushes((bytes) => bytes.uint8(), 0)], // BININT1
  [0x4d, pushes((bytes) => bytes.uint16(), 0)], // BININT2
  [0x4a, pushes((bytes) => bytes.int32(), 0)], // BININT
  [0x8a, pushes((bytes) => bytes.signed(numberBytes(bytes.uint8())))], // LONG1
  [0x8b, pushes((bytes) => bytes.signed(numberBytes(bytes.uint32())))], // LONG4
  [0x47, pushes((bytes) => bytes.float64())], // BINFLOAT
  [0x58, pushes((bytes) => bytes.text(bytes.uint32()))], // BINUNICODE
  [0x8c, pushes((bytes) => bytes.text(bytes.uint8()))], // SHORT_BINUNICODE
  [0x8d, pushes((bytes) => bytes.text(bytes.uint64()))], // BINUNICODE8
  [0x55, pushes((bytes) => bytes.text(bytes.uint8()))], // SHORT_BINSTRING, a text of Python 2
  [0x54, pushes((bytes) => bytes.text(bytes.uint32()))], // BINSTRING
  [0x5d, pushes(() => [], FRAME_SLOTS)], // EMPTY_LIST
  [0x7d, pushes(() => new Map(), DICTIONARY_SLOTS)], // EMPTY_DICT
  [0x29, pushes(() => new PickleTuple([]), FRAME_SLOTS)], // EMPTY_TUPLE
  [0x74, (machine) => pushTuple(machine, machine.popGroup())], // TUPLE
  [0x85, (machine) => pushTuple(machine, machine.popLast(1))], // TUPLE1
  [0x86, (machine) => pushTuple(machine, machine.popLast(2))], // TUPLE2
  [0x87, (machine) => pushTuple(machine, machine.popLast(3))], // TUPLE3
  [0x61, (machine) => extend(machine, [machine.pop()])], // APPEND
  [0x65, (machine) => extend(machine, machine.popGroup())], // APPENDS
  [0x73, (machine) => setItems(machine, machine.popLast(2))], // SETITEM
  [0x75, (machine) => setItems(machine, machine.popGroup())], // SETITEMS
  [0x71, (machine, bytes) => machine.remember(bytes.uint8())], // BINPUT
  [0x72, (machine, bytes) => machine.remember(bytes.uint32())], // LONG_BINPUT
  [0x94, (machine) => machine.remember()], // MEMOIZE
  [0x68, (machine, bytes) => machine.recall(bytes.uint8())], // BINGET
  [0x6a, (machine, bytes) => machine.recall(bytes.uint32())], // LONG_BINGET
  [0x30, (machine) => machine.drop()], // POP
  [0x31, (machine) => void machine.popGroup()], // POP_MARK
  [0x42, pushesBytes((bytes) => bytes.uint32())], // BINBYTES
  [0x43, pushesBytes((bytes) => bytes.uint8())], // SHORT_BINBYTES
  [0x8e, pushesBytes((bytes) => bytes.uint64())], // BINBYTES8
  [0x96, pushesBytes((bytes) => bytes.uint64())], // BYTEARRAY8
  [0x8f, pushes(() => new Set(), DICTIONARY_SLOTS)], // EMPTY_SET
  [0x90, (machine) => extend(machine, machine.popGroup())], // ADDITEMS
  [0x91, (machine) => pushSet(machine, machine.popGroup())], // FROZENSET
  [0x63, pushes((bytes) => namedGlobal(bytes.line(), bytes.line()), FRAME_SLOTS)], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x69, (machine, bytes) => pushInstance(machine, [instanceClass(bytes), ...machine.popGroup()])], // INST
  [0x6f, (machine) => pushInstance(machine, machine.popGroup())], // OBJ
  [0x81, (machine) => pushInstance(machine, machine.popLast(2))], // NEWOBJ
  [0x92, (machine) => pushInstance(machine, machine.popLast(3))], // NEWOBJ_EX
  [0x52, reduce], // REDUCE
  [0x62, build], // BUILD
  [0x51, referOutside], // BINPERSID
]);

/** Names of the instructions that a hostile or foreign pickle is most likely to hold, for messages. */
const refused: ReadonlyMap<number, string> = new Map([
  [0x50, "PERSID (a reference by a line of text)"],
  [0x82, "EXT1 (a registered extension)"],
  [0x83, "EXT2 (a registered extension)"],
  [0x84, "EXT4 (a registered extension)"],
]);

function numberBytes(length: number): number {
  if (length <= LONGEST_NUMBER) return length;
  throw new Error(`has a number of ${length} bytes in its pickle, more than any that tensors need`);
}

function pushTuple(machine: PickleMachine, items: readonly PickleValue[]) {
  machine.push(new PickleTuple(items), FRAME_SLOTS + items.length);
}

function pushSet(machine: PickleMachine, items: PickleValue[]) {
  machine.push(new Set(items), DICTIONARY_SLOTS + ENTRY_SLOTS * items.length);
}

function extend(machine: PickleMachine, items: readonly PickleValue[]) {
  const list = machine.top();
  // A list of another class; what it holds is not needed.
  if (list instanceof PickleOpaque) return;
  if (list instanceof Set) {
    machine.budget.pay(ENTRY_SLOTS * items.length);
    for (const item of items) list.add(item);
    return;
  }
  if (!Array.isArray(list)) throw machine.damaged("what is to be extended is no list");
  machine.budget.pay(items.length);
  for (const item of items) list.push(item);
}

function setItems(machine: PickleMachine, items: readonly PickleValue[]) {
  const top = machine.top();
  if (top instanceof PickleOpaque && top.entries === null) {
    machine.budget.pay(DICTIONARY_SLOTS);
    top.entries = new Map();
  }
  const target = top instanceof PickleOpaque ? top.entries : top;
  if (!(target instanceof Map) || items.length % 2 !== 0) {
    throw machine.damaged("entries are given to what is no dictionary");
  }
  machine.budget.pay(ENTRY_SLOTS * items.length / 2);
  for (let i = 0; i < items.length; i += 2) target.set(items[i]!, items[i + 1]!);
}

function stackGlobal(machine: PickleMachine) {
  const name = machine.pop(), module = machine.pop();
  if (typeof module !== "string" || typeof name !== "string") {
    throw machine.damaged("a name is no text");
  }
  machine.push(namedGlobal(module, name), FRAME_SLOTS);
}

function instanceClass(bytes: PickleBytes): PickleGlobal {
  return namedGlobal(bytes.line(), bytes.line());
}

/** An object of a class, the first of the values; the others are what it would be made from. */
function pushInstance(machine: PickleMachine, [of]: readonly PickleValue[]) {
  if (!(of instanceof PickleGlobal)) {
    throw machine.damaged(`an object is to be made of ${shown(of)}, which is no class,`);
  }
  machine.push(opaque(of.name, machine.budget));
}

function reduce(machine: PickleMachine) {
  const args = machine.pop(), callee = machine.pop();
  machine.push(callGlobal(callee, args, machine.budget));
}

function referOutside(machine: PickleMachine) {
  const value = persistentValue(machine.pop());
  if (value instanceof TorchStorage) machine.storages.push(value);
  machine.push(value, FRAME_SLOTS);
}

/**
 * The state of an object is kept with it; attributes of others, such as the versions of modules in
 * a state dict, hold no weights.
 */
function build(machine: PickleMachine) {
  const state = machine.pop(), target = machine.top();
  if (target instanceof PickleOpaque) return void (target.state = state);
  const known = [Map, Set, TorchTensor].some((kind) => target instanceof kind);
  if (known || Array.isArray(target)) return;
  const what = target instanceof PickleGlobal ? target.name : "what is no dictionary";
  throw new Error(`sets attributes of ${what}, which is not needed for tensors`);
}

/** As {@linkcode readPickle}; errors begin with the file's name, and one about bytes that end too early has that as its cause. */
export function readNamedPickle(bytes: PickleBytes, source: string): Pickle {
  try {
    return readPickle(bytes);
  } catch (cause) {
    const what = cause instanceof PickleEnded
      ? "is truncated or damaged: its pickle ends too early; get it again"
      : (cause as Error).message;
    throw new Error(`${source} ${what}`, { cause });
  }
}
