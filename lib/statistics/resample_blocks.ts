/** Resamples of a series of points that depend on their neighbours. */

import { MT19937, randomInterval } from "../numpy/mt19937.ts";

/** Resamples of a series. */
export interface BlockResamples {
  readonly size: number;
  readonly draws: number;
  /** How often each point was drawn, row-major [draws × size]; every row sums to `size`. */
  readonly times: Uint32Array;
  /** The points drawn, in their order, row-major [draws × size]. */
  readonly points: Uint32Array;
}

/**
 * Draw moving-block bootstrap resamples of a series: blocks of neighbours, fewer than there are
 * points, each beginning anywhere, are put together until there are as many points as before, the
 * last block cut short (Künsch, Annals of Statistics 1989).
 */
export function resampleBlocks(
  size: number,
  block: number,
  draws: number,
  seed: number,
): BlockResamples {
  const generator = new MT19937(seed);
  const times = new Uint32Array(draws * size);
  for (let row = 0; row < times.length; row += size) {
    for (let drawn = 0; drawn < size; drawn += block) {
      const start = row + randomInterval(generator, size - block);
      const length = Math.min(block, size - drawn);
      for (let i = start; i < start + length; i++) times[i]!++;
    }
  }
  return { size, draws, times, points: drawnPoints(times, size) };
}

function drawnPoints(times: Uint32Array, size: number): Uint32Array {
  const points = new Uint32Array(times.length);
  for (let i = 0, next = 0; i < times.length; i++) {
    for (let left = times[i]!; left > 0; left--) points[next++] = i % size;
  }
  return points;
}
