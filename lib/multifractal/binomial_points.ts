/** Points and weights that sums over a binomial distribution are taken by. */

/** A value and its probability, or that of several values around it. */
export interface WeightedPoint {
  readonly value: number;
  readonly probability: number;
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
export function binomialPoints(trials: number, success: number, least = 0): WeightedPoint[] {
  if (least > trials) return [];
  if (!(success > 0)) return least > 0 ? [] : [{ value: 0, probability: 1 }];
  if (!(success < 1)) return [{ value: trials, probability: 1 }];
  const mean = trials * success, deviation = Math.sqrt(mean * (1 - success));
  const logOdds = Math.log(success) - Math.log1p(-success);
  const none = trials * Math.log1p(-success);
  const chance = (value: number) => Math.exp(logChoose(trials, value) + none + value * logOdds);
  const low = Math.max(0, Math.floor(mean - REACH * deviation - 1));
  const first = Math.max(low, least);
  const last = Math.min(trials, Math.ceil(mean + REACH * deviation + 1));
  // A stride must not begin or end where there is something: at the least value, at 0 or at all trials.
  const isWhole = first <= last && chance(first) < NOTHING && chance(last) < NOTHING;
  const stride = isWhole ? Math.max(1, Math.floor(STRIDE * deviation)) : 1;
  const points: { value: number; probability: number }[] = [];
  // Multiples of the stride, so that distributions that differ little have the same values.
  for (let value = Math.ceil(first / stride) * stride; value <= last; value += stride) {
    points.push({ value, probability: stride * chance(value) });
  }
  if (first > low) return points;
  // All of it is here: rounding must not make more or less than 1 of it.
  const sum = points.reduce((sum, { probability }) => sum + probability, 0);
  return points.map(({ value, probability }) => ({ value, probability: probability / sum }));
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
