/** Uniform integers as legacy NumPy draws them. */
import type { MT19937 } from "./mt19937.ts";

/**
 * Draw an integer from 0 to `max` inclusive: outputs are masked to the fewest bits that hold `max`,
 * and those above it are thrown away, as legacy NumPy does.
 *
 * @param generator The generator to draw from; it advances by at least one output unless `max` is 0.
 * @param max The largest integer that may come out, 0 to 2³² − 1.
 * @returns The integer drawn.
 */
export function randomInterval(generator: MT19937, max: number): number {
  if (max === 0) return 0;
  const mask = 0xffffffff >>> Math.clz32(max);
  for (;;) {
    const value = (generator.next() & mask) >>> 0;
    if (value <= max) return value;
  }
}
