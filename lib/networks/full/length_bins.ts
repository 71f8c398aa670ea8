/** Edge lengths as small integers, so that a network can be counted without being held. */

import { boxScale } from "../box_options.ts";
import { INTEGERS_ONLY, roundHalfEven } from "../../numpy/round_half_even.ts";

/** Bins have 16 bits. */
const MOST_BINS = 2 ** 16;

/**
 * What a weight can be, numbered: bins up to `largest` are rounded lengths times `scale`, then come
 * an edge out of bounds, a weight of zero, which is no edge, and a weight that is not finite.
 */
export interface LengthBins {
  /** Edges that count are longer than this. */
  readonly lowest: number;
  /** And no longer than this. */
  readonly threshold: number;
  /** A rounded length times this is its bin. */
  readonly scale: number;
  /** The bin of the longest edge that counts. */
  readonly largest: number;
  /** The bin of an edge out of bounds. */
  readonly outside: number;
  readonly zero: number;
  readonly notFinite: number;
  readonly bins: number;
}

/** Number the rounded lengths of edges with `lowest < d ≤ threshold`. */
export function lengthBins(lowest: number, threshold: number, digits: number): LengthBins {
  const scale = boxScale(threshold, digits);
  const largest = roundHalfEven(threshold * scale);
  const [outside, zero, notFinite] = [largest + 1, largest + 2, largest + 3];
  const bins = binsUpTo(largest);
  if (bins <= MOST_BINS) {
    return { lowest, threshold, scale, largest, outside, zero, notFinite, bins };
  }
  throw new RangeError(
    `threshold ${threshold} at ${digits} digits has ${largest} rounded lengths, more than a full ` +
      `network is counted by (${MOST_BINS - 4}); lower one of the two`,
  );
}

/** Most ranks of weights; they have 16 bits. */
export const MOST_RANKS = 2 ** 16;

/** How many ranks by arithmetic weights have in some ways of binning together. */
export function ranksTogether(ways: readonly Pick<LengthBins, "bins">[]): number {
  return ways.reduce((sum, { bins }) => sum + bins + 1, 0);
}

/** Whether weights can be ranked in some ways of binning together. */
export function areFewBins(
  ways: readonly { readonly threshold: number; readonly digits: number }[],
): boolean {
  const counts = ways.map(({ threshold, digits }) => (
    { bins: binsUpTo(roundHalfEven(threshold * 10 ** digits)) }
  ));
  return ranksTogether(counts) <= MOST_RANKS;
}

/** How many bins there are, of rounded lengths up to the largest and of what has none. */
function binsUpTo(largest: number): number {
  return largest + 4;
}

/**
 * Number weights in the order of their size, by the length `1 / |w|` and the rule of box growing,
 * bounds before rounding and halves to the even neighbour: 0 for a weight of zero, 1 for an edge
 * too long, then the bins that count from the longest down, then an edge too short, and last what
 * is not finite. The numbers are added to `into`.
 */
export function addSteps(weights: Float64Array, lengths: LengthBins, into: Uint16Array): void {
  const { lowest, threshold, scale, largest } = lengths;
  const short = largest + 3;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    const length = 1 / Math.abs(weight);
    // Whether a length is within bounds cannot be foreseen by a processor, so there is arithmetic in place of a branch.
    const within = 0 - +(length <= threshold), above = 0 - +(length > lowest);
    const rounded = (length * scale + INTEGERS_ONLY - INTEGERS_ONLY) | 0;
    const step = 1 + ((short - 1 - ((rounded + 1) & above)) & within);
    into[i]! += step;
    if (length > 0 && length < Infinity) continue;
    if (weight === 0) into[i]! -= step;
    else if (!Number.isFinite(weight)) into[i]! += short + 1 - step;
  }
}

/** The bin of every number that {@linkcode addSteps} gives. */
export function binsOfSteps({ largest, outside, zero, notFinite }: LengthBins): Uint16Array {
  const down = Array.from({ length: largest + 1 }, (_, step) => largest - step);
  return Uint16Array.of(zero, outside, ...down, outside, notFinite);
}
