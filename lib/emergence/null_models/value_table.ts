/** Fast draws from a few values, each with a probability. */

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { ValueProbabilities } from "./value_probabilities.ts";

/** Cells for each value: the more there are, the fewer lie across the border of two values. */
const CELLS_PER_VALUE = 8;

/** Random bits that a value is drawn by; a random number has two times as many. */
const BITS = 16;

/**
 * Values drawn by inversion: the first bits of a random number choose a cell between 0 and 1 (Chen and Asau, 1974), and most
 * cells belong to one value. In the others it is decided with 32 more bits, so that probabilities are those of the table to
 * 2⁻⁴⁸.
 */
export class ValueTable {
  /** No value is above this. */
  readonly last: number;
  readonly #shift: number;
  /** The value of each cell, or −1 − the place of the first one where there are several. */
  readonly #values: Int32Array;
  readonly #first: number;
  /** The probability of each value and all before. */
  readonly #until: Float64Array;

  constructor({ first, probabilities }: ValueProbabilities) {
    const values = probabilities.length;
    const bits = Math.min(BITS, 32 - Math.clz32(CELLS_PER_VALUE * values)), cells = 2 ** bits;
    this.#shift = BITS - bits;
    this.#first = first;
    this.last = first + values - 1;
    this.#until = new Float64Array(values);
    this.#values = new Int32Array(cells);
    let sum = 0;
    for (let i = 0; i < values; i++) this.#until[i] = sum += probabilities[i]!;
    this.#until[values - 1] = 1;
    for (let cell = 0, i = 0; cell < cells; cell++) {
      while (this.#until[i]! * cells <= cell) i++;
      this.#values[cell] = this.#until[i]! * cells >= cell + 1 ? first + i : -1 - i;
    }
  }

  /** Fill an array with draws, and return their sum. */
  fill(into: Uint16Array | Uint32Array, generator: RandomGenerator): number {
    const values = this.#values, shift = this.#shift;
    let sum = 0;
    for (let i = 0; i < into.length; i++) {
      const word = generator.next();
      let value = values[word >>> BITS >>> shift]!;
      if (value < 0) value = this.#within(-1 - value, word >>> BITS, generator);
      sum += into[i] = value;
      if (++i === into.length) break;
      const other = word & (2 ** BITS - 1);
      value = values[other >>> shift]!;
      if (value < 0) value = this.#within(-1 - value, other, generator);
      sum += into[i] = value;
    }
    return sum;
  }

  #within(place: number, bits: number, generator: RandomGenerator): number {
    const share = (bits + (generator.next() >>> 0) * 2 ** -32) * 2 ** -BITS;
    let i = place;
    while (share >= this.#until[i]!) i++;
    return this.#first + i;
  }
}
