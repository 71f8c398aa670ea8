import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * A stream of random draws that is named, not carried along: the same seed and labels give the same draws
 * whatever was drawn before, so that a resumed training run meets the very batches it would have met.
 */
export class RandomStream {
  readonly #generator: RandomGenerator;

  /** Open the stream that belongs to a seed and any number of labels. */
  constructor(seed: number, ...labels: readonly (string | number)[]) {
    const digest = createHash("sha256").update([seed, ...labels].join("/")).digest();
    this.#generator = xoroshiro128plus(digest.readInt32LE(0));
  }

  /** A whole number from `low` to `high`, both included, each equally likely. */
  integer(low: number, high: number): number {
    return uniformInt(this.#generator, low, high);
  }

  /** A number from `low` up to `high`, which is left out, each equally likely. */
  uniform(low: number, high: number): number {
    return low + (high - low) * uniformFloat64(this.#generator);
  }

  /** One element of `items`, each equally likely. */
  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)] as T;
  }

  /** `count` different elements of `items` in random order. */
  pickDistinct<T>(items: readonly T[], count: number): T[] {
    const pool = [...items];
    for (let i = 0; i < count; i++) {
      const j = this.integer(i, pool.length - 1);
      [pool[i], pool[j]] = [pool[j] as T, pool[i] as T];
    }
    return pool.slice(0, count);
  }

  /** `count` draws from the normal distribution with mean 0 and the given standard deviation (Box–Muller). */
  normal(count: number, deviation: number): Float32Array {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - uniformFloat64(this.#generator)));
      const angle = 2 * Math.PI * uniformFloat64(this.#generator);
      values[i] = radius * Math.cos(angle);
      if (i + 1 < count) values[i + 1] = radius * Math.sin(angle);
    }
    return values;
  }
}
