/** The probabilities of a distribution of whole numbers with one peak, without a logarithm or a power. */

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";

/** Probabilities of the values from `first` on; those left out are less than 1e-20 of the largest. */
export interface ValueProbabilities {
  readonly first: number;
  readonly probabilities: Float64Array;
}

/** What is left out on either side, in shares of the largest probability. */
const NOTHING = 1e-20;

/**
 * The probabilities from the ratios of neighbours, going up and down from the mode. They take additions, multiplications
 * and divisions alone, which all machines round alike, so that no draw depends on the machine.
 *
 * @param mode The value that is most likely.
 * @param ratio The probability of a value k + 1 in that of k; 0 where k is the last value.
 */
function valueProbabilities(mode: number, ratio: (value: number) => number): ValueProbabilities {
  const above: number[] = [], below: number[] = [];
  for (let k = mode, term = 1; (term *= ratio(k)) > NOTHING; k++) above.push(term);
  for (let k = mode - 1, term = 1; k >= 0 && (term /= ratio(k)) > NOTHING; k--) below.push(term);
  const terms = Float64Array.from([...below.reverse(), 1, ...above]);
  let sum = 0;
  for (let i = 0; i < terms.length; i++) sum += terms[i]!;
  for (let i = 0; i < terms.length; i++) terms[i]! /= sum;
  return { first: mode - below.length, probabilities: terms };
}

/** The probabilities of a Poisson distribution. */
export function poissonProbabilities(mean: number): ValueProbabilities {
  return valueProbabilities(Math.floor(mean), (k) => mean / (k + 1));
}

/** The probabilities of how many of some trials succeed; `success` lies between 0 and 1. */
export function binomialProbabilities(trials: number, success: number): ValueProbabilities {
  const odds = success / (1 - success);
  const mode = Math.min(trials, Math.floor((trials + 1) * success));
  return valueProbabilities(mode, (k) => odds * (trials - k) / (k + 1));
}

/** How many of some trials succeed, at random. */
export function drawBinomial(trials: number, success: number, generator: RandomGenerator): number {
  if (!(success > 0) || trials === 0) return 0;
  if (!(success < 1)) return trials;
  const { first, probabilities } = binomialProbabilities(trials, success);
  let left = uniformFloat64(generator), i = 0;
  while (i < probabilities.length - 1 && left >= probabilities[i]!) left -= probabilities[i++]!;
  return first + i;
}
