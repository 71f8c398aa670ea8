/** The stack and the memory that the instructions of a pickle work on. */

import type { PickleBytes } from "./pickle_bytes.ts";
import type { PickleValue, TorchStorage } from "./pickle_values.ts";

/** A value, or the mark that opens a group of values. */
type StackItem = PickleValue | typeof mark;

/** Opens a group of values. */
export const mark: unique symbol = Symbol("mark");

/** What an instruction finds and leaves; damage is an error that says where. */
export class PickleMachine {
  readonly storages: TorchStorage[] = [];
  readonly #stack: StackItem[] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(private readonly bytes: PickleBytes) {}

  push(item: StackItem) {
    this.#stack.push(item);
  }

  pop(): PickleValue {
    return this.#value(this.#stack.pop());
  }

  top(): PickleValue {
    return this.#value(this.#stack.at(-1));
  }

  /** The values above the last mark; both go. */
  popGroup(): PickleValue[] {
    const start = this.#stack.lastIndexOf(mark);
    if (start < 0) throw this.damaged("no group is open");
    const group = this.#stack.splice(start);
    return group.slice(1) as PickleValue[];
  }

  remember(index: number) {
    this.#memo.set(index, this.top());
  }

  rememberNext() {
    this.remember(this.#memo.size);
  }

  recall(index: number) {
    const value = this.#memo.get(index);
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
