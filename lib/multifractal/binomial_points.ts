/** Points and weights that sums over a binomial distribution are taken by. */

/** Values at equal distances with their probabilities, each that of the values around it too. */
export interface WeightedPoints {
  /** The first value. */
  readonly first: number;
  /** From one value to the next, 1 where each stands for itself alone. */
  readonly stride: number;
  /** The probability of each. */
  readonly probabilities: readonly number[];
}

/** Standard deviations around the mean outside of which less than 1e-15 lies, also of a skew distribution and of cubes. */
const REACH = 10;
/** Distance of two values in standard deviations: a sum of a smooth function by it errs by `exp(-2 (pi / 0.8)²)`, 4e-14. */
const STRIDE = 0.8;
/** A probability at either end that a sum does not miss. */
const NOTHING = 1e-10;

/**
 * Values of a binomial distribution with their probabilities. Where it is wide, every s-th value stands for s of them: for
 * smooth functions such a sum differs from the whole one by less than 1e-9 of it.
 *
 * @param trials How many trials, a whole number.
 * @param success Probability of a success, from 0 to 1.
 * @param least Least value that counts, 0 unless given; the probabilities add up to that of it and all above.
 */
export function binomialPoints(trials: number, success: number, least = 0): WeightedPoints {
  if (least > trials) return points(least, []);
  if (!(success > 0)) return points(0, least > 0 ? [] : [1]);
  if (!(success < 1)) return points(trials, [1]);
  const mean = trials * success, deviation = Math.sqrt(mean * (1 - success));
  const logOdds = Math.log(success) - Math.log1p(-success);
  const none = trials * Math.log1p(-success);
  const chance = (value: number) => Math.exp(logChoose(trials, value) + none + value * logOdds);
  const low = Math.max(0, Math.floor(mean - REACH * deviation - 1));
  const start = Math.max(low, least);
  const last = Math.min(trials, Math.ceil(mean + REACH * deviation + 1));
  if (last < start) return points(start, []);
  // A stride must not begin or end where there is something: at the least value, at 0 or at all trials.
  const isWhole = chance(start) < NOTHING && chance(last) < NOTHING;
  const stride = isWhole ? Math.max(1, Math.floor(STRIDE * deviation)) : 1;
  // Multiples of the stride, so that distributions that differ little have the same values.
  const first = Math.ceil(start / stride) * stride;
  const probabilities = new Array<number>(Math.floor((last - first) / stride) + 1).fill(0);
  if (stride > 1) {
    for (let i = 0; i < probabilities.length; i++) {
      probabilities[i] = stride * chance(first + i * stride);
    }
  } else {
    // From the likeliest on, each by the one before it: sums of few roundings, and no exponential.
    const middle = Math.min(Math.max(Math.round(mean), first), last),
      odds = success / (1 - success);
    let known = probabilities[middle - first] = chance(middle);
    for (let value = middle; value < last; value++) {
      probabilities[value + 1 - first] = known *= (trials - value) / (value + 1) * odds;
    }
    known = probabilities[middle - first]!;
    for (let value = middle; value > first; value--) {
      probabilities[value - 1 - first] = known *= value / (trials - value + 1) / odds;
    }
  }
  if (start > low) return { first, stride, probabilities };
  // All of it is here: rounding must not make more or less than 1 of it.
  let sum = 0;
  for (const probability of probabilities) sum += probability;
  for (let i = 0; i < probabilities.length; i++) probabilities[i]! /= sum;
  return { first, stride, probabilities };
}

function points(first: number, probabilities: readonly number[]): WeightedPoints {
  return { first, stride: 1, probabilities };
}

const logFactorials: number[] = [0];

/** `ln n!`, kept. */
function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) {
    logFactorials.push(logFactorials[i - 1]! + Math.log(i));
  }
  return logFactorials[n]!;
}

function logChoose(all: number, some: number): number {
  return logFactorial(all) - logFactorial(some) - logFactorial(all - some);
}
