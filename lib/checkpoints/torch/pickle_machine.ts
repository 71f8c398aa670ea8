/** The stack and the memory that the instructions of a pickle work on. */

import { PickleBudget } from "./pickle_budget.ts";
import type { PickleBytes } from "./pickle_bytes.ts";

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

  /**
   * @param item What goes on the stack.
   * @param made Slots of what was made for it, beside its place on the stack.
   */
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
    const group = this.#stack.splice(start);
    return group.slice(1) as PickleValue[];
  }

  remember(index: number) {
    const value = this.top();
    // Pickles number what they remember from 0 up; one that leaves numbers out pays for them.
    this.budget.pay(Math.max(0, index + 1 - this.#memo.length));
    while (this.#memo.length < index) this.#memo.push(undefined);
    if (this.#memo[index] === undefined) this.#remembered++;
    this.#memo[index] = value;
  }

  rememberNext() {
    this.remember(this.#remembered);
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

/** A Python tuple; Python lists are arrays here, and dictionaries are maps. */
export class PickleTuple {
  constructor(readonly items: readonly PickleValue[]) {}
}

/** A class or function that a pickle names: never looked up, only compared with an allow-list. */
export class PickleGlobal {
  /** @param name Module and name, e.g. `torch.FloatStorage`. */
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

/** A value of a pickle. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleTuple
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleGlobal
  | TorchStorage
  | TorchTensor;
