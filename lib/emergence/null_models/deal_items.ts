/** Items dealt to boxes at random, counted by their category and not moved one by one. */

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { ValueTable } from "./value_table.ts";
import { shuffleItems, uniformBelow } from "./shuffle.ts";
import { poissonProbabilities } from "./value_probabilities.ts";

/**
 * Deal all items to boxes that hold the same number each, every way equally likely: the counts of a shuffled matrix, whose boxes
 * are neurons and whose categories are lengths. They are a table with given sums of rows and columns, of a multivariate
 * hypergeometric distribution.
 *
 * 1. Each item falls into any box. The counts of a category are then Poisson numbers, given that their sum is its number of
 *    items; what they are too many or too few is taken or added one at a time.
 * 2. Boxes that hold too many items give back some, any of theirs, and those are dealt to the boxes that hold too few.
 *
 * Neither tells one item from another, so any two items may change places without a change of probabilities: with all boxes
 * full, all ways are equally likely. Draws take integers, and probabilities that all machines round alike.
 *
 * @param items How many items each category has; boxes × the size of a box together.
 * @param counts What each box has of each category is added to these, row-major [boxes × categories].
 */
export function dealItems(
  items: ArrayLike<number>,
  counts: Uint32Array,
  generator: RandomGenerator,
): void {
  const boxes = counts.length / items.length;
  if (counts.length === 0) return;
  const size = Array.from(items).reduce((sum, count) => sum + count, 0) / boxes;
  // Categories without an item take no time.
  const categories = [...Array(items.length).keys()].filter((category) => items[category]! > 0);
  const { thrown, pitch } = throwAll(categories.map((i) => items[i]!), boxes, size, generator);
  const taken = new ItemTaker(categories.length), lacking = new Uint32Array(boxes);
  const near = new Uint32Array(LINE * categories.length);
  for (let first = 0; first < boxes; first += LINE) {
    const end = Math.min(boxes, first + LINE);
    for (let i = 0; i < categories.length; i++) {
      for (let box = first, k = i; box < end; box++, k += categories.length) {
        near[k] = thrown[i * pitch + box]!;
      }
    }
    for (let box = first, k = 0; box < end; box++) {
      lacking[box] = taken.level(near, k, size, generator);
      const row = box * items.length;
      for (let i = 0; i < categories.length; i++, k++) counts[row + categories[i]!]! += near[k]!;
    }
  }
  const dealt = taken.items;
  shuffleItems(dealt, 1, generator);
  for (let box = 0, next = 0; box < boxes; box++) {
    for (const end = next + lacking[box]!; next < end; next++) {
      counts[box * items.length + categories[dealt[next]!]!]!++;
    }
  }
}

/** Items of a box whose counts have 16 bits, with much room for a box that is hit more often. */
const FEW = 2 ** 15;

/** 16-bit counts that fill a line of the processor's cache. */
const LINE = 32;

/** Throw all items into any boxes: the counts of each category one after another, `pitch` apart. */
function throwAll(
  items: readonly number[],
  boxes: number,
  size: number,
  generator: RandomGenerator,
) {
  // An odd number of cache lines, since numbers a power of two apart displace one another.
  const pitch = LINE * (2 * Math.ceil(boxes / LINE / 2) + 1), length = items.length * pitch;
  const thrown = size <= FEW ? new Uint16Array(length) : new Uint32Array(length);
  for (const [category, count] of items.entries()) {
    throwItems(count, thrown.subarray(category * pitch, category * pitch + boxes), generator);
  }
  return { thrown, pitch };
}

/** Items that are thrown in the time that a table takes to make. */
const FEW_ITEMS = 500;

/** Throw items of one category into any boxes. */
function throwItems(
  items: number,
  boxes: Uint16Array | Uint32Array,
  generator: RandomGenerator,
): void {
  let missing = items, most = 0;
  if (items > FEW_ITEMS + boxes.length) {
    // A little less than all of them, since to add some takes less than to take some away.
    const mean = (items - Math.sqrt(items)) / boxes.length;
    const table = new ValueTable(poissonProbabilities(mean));
    missing -= table.fill(boxes, generator);
    most = table.last;
  }
  for (; missing > 0; missing--) boxes[uniformBelow(boxes.length, generator)]!++;
  while (missing < 0) {
    // A box is found as often as it has items.
    const box = uniformBelow(boxes.length, generator);
    if (uniformBelow(most, generator) >= boxes[box]!) continue;
    boxes[box]!--;
    missing++;
  }
}

/** Takes any items out of boxes. */
class ItemTaker {
  readonly #categories: number;
  readonly #together: number;
  readonly #sums: Uint32Array;
  #taken = new Uint32Array(2 ** 10);
  #count = 0;

  constructor(categories: number) {
    this.#categories = categories;
    // Sums of some categories each, so that an item is found in a few steps.
    this.#together = Math.ceil(Math.sqrt(categories));
    this.#sums = new Uint32Array(Math.ceil(categories / this.#together));
  }

  /** The categories of the items that were taken. */
  get items(): Uint32Array<ArrayBuffer> {
    return this.#taken.subarray(0, this.#count);
  }

  /** Take items out of the box that begins at a place, until it holds no more than `size`; how many it lacks. */
  level(counts: Uint32Array, start: number, size: number, generator: RandomGenerator): number {
    const sums = this.#sums, together = this.#together;
    let held = 0;
    for (let group = 0, k = start, end = start + this.#categories; group < sums.length; group++) {
      let sum = 0;
      for (const last = Math.min(end, k + together); k < last; k++) sum += counts[k]!;
      held += sums[group] = sum;
    }
    if (held <= size) return size - held;
    if (this.#count + held > this.#taken.length) this.#taken = larger(this.#taken, held);
    for (; held > size; held--) {
      let item = uniformBelow(held, generator), group = 0;
      for (; item >= sums[group]!; group++) item -= sums[group]!;
      sums[group]!--;
      let place = start + group * together;
      for (; item >= counts[place]!; place++) item -= counts[place]!;
      counts[place]!--;
      this.#taken[this.#count++] = place - start;
    }
    return 0;
  }
}

/** The same numbers with room for more. */
function larger(numbers: Uint32Array, more: number): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(2 * numbers.length + more);
  all.set(numbers);
  return all;
}
