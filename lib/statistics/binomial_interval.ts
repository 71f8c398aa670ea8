/** An interval for a probability, from how often something happened. */

/** Two probabilities. */
export interface BinomialInterval {
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
}

/**
 * The interval of Clopper and Pearson (Biometrika 1934): of all probabilities of which neither `count` or more nor `count` or
 * fewer of `trials` are rare. It holds the probability at least as often as the level says.
 *
 * @param count How often it happened, from 0 to `trials`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { binomialInterval } from "neuromfa/statistics";
 *
 * const { low, high } = binomialInterval(7, 10, 0.95);
 * assert.deepEqual([low.toFixed(4), high.toFixed(4)], ["0.3475", "0.9333"]);
 * ```
 */
export function binomialInterval(count: number, trials: number, level: number): BinomialInterval {
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : halved((share) => atLeast(count, trials, share) < tail),
    high: count === trials ? 1 : halved((share) => 1 - atLeast(count + 1, trials, share) > tail),
  };
}

/** Where in 0 to 1 something ceases to be true, by halving. */
function halved(isBelow: (share: number) => boolean): number {
  let low = 0, high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
}

/** The probability of `count` or more of `trials`, each of probability `share`; count at least 1. */
function atLeast(count: number, trials: number, share: number): number {
  let logTerm = trials * Math.log1p(-share), sum = 0;
  const odds = Math.log(share) - Math.log1p(-share);
  for (let k = 0; k <= trials; k++) {
    if (k >= count) sum += Math.exp(logTerm);
    logTerm += Math.log((trials - k) / (k + 1)) + odds;
  }
  return Math.min(1, sum);
}
