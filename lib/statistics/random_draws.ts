/** Random numbers for simulations, the same everywhere for the same key. */

import { MT19937, randomInterval } from "../numpy/mt19937.ts";

/**
 * A stream of random numbers that a text decides.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { RandomDraws } from "neuromfa/statistics";
 *
 * equal(new RandomDraws("a").normal(), new RandomDraws("a").normal());
 * ```
 */
export class RandomDraws {
  readonly #generator: MT19937;
  #kept: number | null = null;

  /** Begins the stream of a key. */
  constructor(key: string) {
    this.#generator = new MT19937(fnv1a(key));
  }

  /** A number from 0 to 1, 1 excluded, of 53 random bits. */
  uniform(): number {
    const high = this.#generator.next() >>> 5, low = this.#generator.next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** A number of the normal distribution with mean 0 and deviation 1 (Box and Muller, 1958). */
  normal(): number {
    if (this.#kept !== null) {
      const kept = this.#kept;
      this.#kept = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** An integer from 0 to `max`. */
  integer(max: number): number {
    return randomInterval(this.#generator, max);
  }
}

/** The FNV-1a hash of a text, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
