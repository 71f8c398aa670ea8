/** The stack and the memory that the instructions of a pickle work on, and how much they may make. */

import type { PickleBytes } from "./pickle_bytes.ts";

/** A slot is a place for one value; a value that holds others also costs the slots of its own frame. */
const SLOT_BYTES = 8;
/** Slots that any pickle may fill. */
const FREE_SLOTS = 1 << 18;
/** Slots for each byte read. State dicts and optimizer states that `torch.save` wrote fill one to three. */
const SLOTS_PER_BYTE = 5;
/** The most slots of any pickle: a gigabyte, enough for 800,000 tensors. */
const MOST_SLOTS = 1 << 27;
/** Slots of a list's or tuple's frame, of a tensor and of a storage. */
export const FRAME_SLOTS = 8;
/** Slots of a dictionary or set without entries. */
export const DICTIONARY_SLOTS = 24;
/** Slots of an entry of a dictionary or set. */
export const ENTRY_SLOTS = 4;

/** The slots that a pickle has filled, which bound both its memory and its work. */
export class PickleBudget {
  /** Slots filled so far. */
  spent = 0;

  constructor(private readonly bytes: { readonly position: number }) {}

  /**
   * Fill slots, to be called before they are made. Every instruction that makes or copies values pays, so that copies of
   * copies cost what they take and not what they are written with.
   */
  pay(slots: number) {
    this.spent += slots;
    const { position } = this.bytes;
    const allowed = Math.min(FREE_SLOTS + SLOTS_PER_BYTE * position, MOST_SLOTS);
    if (this.spent <= allowed) return;
    throw new Error(
      `has a pickle whose first ${position} bytes unfold to more than ${SLOT_BYTES * allowed}, ` +
        "as no model's tensors do; get it again, or save the model's state_dict alone",
    );
  }
}

/** A value, or the mark that opens a group of values. */
type StackItem = PickleValue | typeof mark;

/** Groups that may be open at once; Python itself gives up on values that lie a thousand deep. */
const MOST_OPEN_GROUPS = 10_000;

/** Opens a group of values. */
const mark: unique symbol = Symbol("mark");

/** What an instruction finds and leaves; damage is an error that says where. */
export class PickleMachine {
  readonly storages: TorchStorage[] = [];
  readonly #stack: StackItem[] = [];
  readonly #memo: (PickleValue | undefined)[] = [];
  #remembered = 0;
  #openGroups = 0;
  /** What is paid before anything is made. */
  readonly budget: PickleBudget;

  constructor(private readonly bytes: PickleBytes) {
    this.budget = new PickleBudget(bytes);
  }

  /** Put a value on the stack, and pay the slots that were made for it beside its place there. */
  push(item: StackItem, made = 0) {
    this.budget.pay(1 + made);
    this.#stack.push(item);
  }

  openGroup() {
    if (++this.#openGroups > MOST_OPEN_GROUPS) {
      throw this.damaged(`more than ${MOST_OPEN_GROUPS} groups are open at once`);
    }
    this.push(mark);
  }

  /** Take away what is on top, a value or the mark of a group. */
  drop() {
    if (this.#stack.at(-1) !== mark) return void this.pop();
    this.#stack.pop();
    this.#openGroups--;
  }

  pop(): PickleValue {
    return this.#value(this.#stack.pop());
  }

  top(): PickleValue {
    return this.#value(this.#stack.at(-1));
  }

  /** The last values, in the order they were pushed; they go. */
  popLast(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  /** The values above the last mark; both go. */
  popGroup(): PickleValue[] {
    const start = this.#stack.lastIndexOf(mark);
    if (start < 0) throw this.damaged("no group is open");
    this.#openGroups--;
    return this.#stack.splice(start).slice(1) as PickleValue[];
  }

  remember(index = this.#remembered) {
    const value = this.top();
    // Pickles number what they remember from 0 up; one that leaves numbers out pays for them.
    this.budget.pay(Math.max(0, index + 1 - this.#memo.length));
    while (this.#memo.length < index) this.#memo.push(undefined);
    if (this.#memo[index] === undefined) this.#remembered++;
    this.#memo[index] = value;
  }

  recall(index: number) {
    const value = this.#memo[index];
    if (value === undefined) throw this.damaged(`nothing is remembered as ${index}`);
    this.push(value);
  }

  damaged(what: string): Error {
    return new Error(`has a damaged pickle: ${what} at byte ${this.bytes.position}`);
  }

  #value(item: StackItem | undefined): PickleValue {
    if (item === undefined || item === mark) throw this.damaged("a value is missing");
    return item;
  }
}

/** A Python tuple; Python lists are arrays here, sets are sets, and dictionaries are maps. */
export class PickleTuple {
  constructor(readonly items: readonly PickleValue[]) {}
}

/** A class or function that a pickle names, such as `torch.FloatStorage`: only compared with an allow-list. */
export class PickleGlobal {
  constructor(readonly name: string) {}
}

/** What a pickle makes of a class or function that is not needed for tensors: nothing was called, only its name is kept. */
export class PickleOpaque {
  /** What was set of it by key, as of a dictionary of another class. */
  entries: Map<PickleValue, PickleValue> | null = null;
  /**
   * The state that an object would be given, such as its attributes by name; `null` where there is
   * none.
   */
  state: PickleValue = null;

  constructor(readonly name: string) {}
}

/** Numbers that tensors view, which lie outside the pickle. */
export class TorchStorage {
  constructor(
    /** What the file calls it. */
    readonly key: string,
    /** Number format, by its name in safetensors. */
    readonly dtype: string,
    /** Numbers in it. */
    readonly count: number,
    /** Where this begins in the numbers stored under its key: old files can store a part of another storage. */
    readonly offset: number,
    /** Numbers that belong to it from there on; fewer than `count` in such a part only. */
    readonly length: number,
  ) {}
}

/** A tensor: a view of a storage, checked to lie inside it. */
export class TorchTensor {
  constructor(
    readonly storage: TorchStorage,
    /** Its first value, counted from the first of the storage's `count`. */
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

type PickleScalar = null | boolean | number | bigint | string;
type PickleObject = PickleTuple | PickleGlobal | PickleOpaque | TorchStorage | TorchTensor;

/** A value of a pickle. */
export type PickleValue =
  | PickleScalar
  | PickleObject
  | PickleValue[]
  | Set<PickleValue>
  | Map<PickleValue, PickleValue>;
