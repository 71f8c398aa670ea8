/** Items dealt to boxes at random, counted by their category and not moved one by one. */

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { ValueTable } from "./value_table.ts";
import { shuffleItems, uniformBelow } from "./shuffle.ts";
import { poissonProbabilities } from "./value_probabilities.ts";

/**
 * Deal all items to boxes that hold the same number each, every way equally likely: the counts of a shuffled matrix, whose boxes
 * are neurons and whose categories are lengths. They are a table with given sums of rows and columns, of a multivariate
 * hypergeometric distribution; row-major [boxes × categories].
 *
 * 1. Each item falls into any box. The counts of a category are then Poisson numbers, given that their sum is its number of
 *    items; what they are too many or too few is taken or added one at a time.
 * 2. Boxes that hold too many items give back some, any of theirs, and those are dealt to the boxes that hold too few.
 *
 * Neither tells one item from another, so any two items may change places without a change of probabilities: with all boxes
 * full, all ways are equally likely. Draws take integers, and probabilities that all machines round alike.
 *
 * @param items How many items each category has; boxes × the size of a box together.
 */
export function dealItems(
  items: readonly number[],
  boxes: number,
  generator: RandomGenerator,
): Uint32Array<ArrayBuffer> {
  const categories = items.length, counts = new Uint32Array(boxes * categories);
  if (counts.length === 0) return counts;
  const size = items.reduce((sum, count) => sum + count, 0) / boxes;
  const { thrown, pitch, held } = throwAll(items, boxes, size, generator);
  const taken = new ItemTaker(categories), near = new Uint32Array(LINE * categories);
  for (let first = 0; first < boxes; first += LINE) {
    const width = Math.min(LINE, boxes - first);
    for (let category = 0; category < categories; category++) {
      for (let i = 0, from = category * pitch + first; i < width; i++) {
        near[i * categories + category] = thrown[from + i]!;
      }
    }
    for (let i = 0; i < width; i++) {
      const own = held[first + i]!;
      if (own > size) taken.take(near, i * categories, own, size, generator);
    }
    counts.set(near.subarray(0, width * categories), first * categories);
  }
  const dealt = taken.items;
  shuffleItems(dealt, 1, generator);
  for (let box = 0, own = 0, next = 0; box < boxes; box++, own += categories) {
    for (let have = held[box]!; have < size; have++) counts[own + dealt[next++]!]!++;
  }
  return counts;
}

/** Items of a box whose counts have 16 bits, with much room for a box that is hit more often. */
const FEW = 2 ** 15;

/** 16-bit counts that fill a line of the processor's cache. */
const LINE = 32;

/** Throw all items into any boxes: the counts of each category one after another, and the items of each box. */
function throwAll(
  items: readonly number[],
  boxes: number,
  size: number,
  generator: RandomGenerator,
) {
  // An odd number of cache lines, since numbers a power of two apart displace one another.
  const pitch = LINE * (2 * Math.ceil(boxes / LINE / 2) + 1), length = items.length * pitch;
  const thrown = size <= FEW ? new Uint16Array(length) : new Uint32Array(length);
  const held = new Uint32Array(boxes);
  for (const [category, count] of items.entries()) {
    const own = thrown.subarray(category * pitch, category * pitch + boxes);
    throwItems(count, own, generator);
    for (let box = 0; box < boxes; box++) held[box]! += own[box]!;
  }
  return { thrown, pitch, held };
}

type Counts = Uint16Array | Uint32Array;

/** Items that are thrown in the time that a table takes to make. */
const FEW_ITEMS = 500;

/** Throw items into any boxes. */
function throwItems(items: number, boxes: Counts, generator: RandomGenerator): void {
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

  /** Take items out of the box that begins at a place, until it holds no more than `size`. */
  take(
    counts: Uint32Array,
    start: number,
    held: number,
    size: number,
    generator: RandomGenerator,
  ): void {
    const sums = this.#sums, together = this.#together;
    for (let group = 0, k = start, end = start + this.#categories; group < sums.length; group++) {
      let sum = 0;
      for (const last = Math.min(end, k + together); k < last; k++) sum += counts[k]!;
      sums[group] = sum;
    }
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
  }
}

/** The same numbers with room for more. */
function larger(numbers: Uint32Array, more: number): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(2 * numbers.length + more);
  all.set(numbers);
  return all;
}
