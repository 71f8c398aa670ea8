/** The Mersenne Twister as legacy NumPy seeds it, so that samples here are the samples drawn there. */

const STATE_LENGTH = 624;
const SHIFT = 397;

/**
 * The 32-bit Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), in the state that
 * `np.random.seed(seed)` puts NumPy's legacy generator in.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { MT19937 } from "neuromfa/networks";
 *
 * equal(new MT19937(1).next(), 1791095845);
 * ```
 */
export class MT19937 {
  readonly #state = new Uint32Array(STATE_LENGTH);
  #position = STATE_LENGTH;

  /** Seed the generator, with an integer from 0 to 2³² − 1; any other number is a RangeError. */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(
        `A seed must be an integer from 0 to 4294967295, but it is ${seed}; choose one in that range`,
      );
    }
    let previous = this.#state[0] = seed;
    for (let i = 1; i < STATE_LENGTH; i++) {
      previous = Math.imul(1812433253, previous ^ (previous >>> 30)) + i >>> 0;
      this.#state[i] = previous;
    }
  }

  /** The next output: an integer from 0 to 2³² − 1. */
  next(): number {
    if (this.#position === STATE_LENGTH) this.#advance();
    let y = this.#state[this.#position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  #advance(): void {
    const state = this.#state;
    const first = STATE_LENGTH - SHIFT;
    for (let i = 0; i < first; i++) state[i] = twisted(state, i, i + 1, i + SHIFT);
    for (let i = first; i < STATE_LENGTH - 1; i++) state[i] = twisted(state, i, i + 1, i - first);
    const last = STATE_LENGTH - 1;
    state[last] = twisted(state, last, 0, SHIFT - 1);
    this.#position = 0;
  }
}

/** The next state of one place from those of three. */
function twisted(state: Uint32Array, here: number, next: number, shifted: number): number {
  const y = (state[here]! & 0x80000000) | (state[next]! & 0x7fffffff);
  return state[shifted]! ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}

/**
 * Draw an integer from 0 to `max` inclusive, at most 2³² − 1: outputs are masked to the fewest bits
 * that hold `max`, and those above it are thrown away, as legacy NumPy does. With `max` 0 nothing
 * is drawn.
 */
export function randomInterval(generator: MT19937, max: number): number {
  if (max === 0) return 0;
  const mask = 0xffffffff >>> Math.clz32(max);
  for (;;) {
    const value = (generator.next() & mask) >>> 0;
    if (value <= max) return value;
  }
}
