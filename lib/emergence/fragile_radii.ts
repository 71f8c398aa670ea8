/**
 * Whether samples other than those drawn may begin at another radius, so that no interval over
 * those drawn knows of it.
 */

import type { RadiusEdges } from "../networks/mass_table.ts";

/** With so many edges at a radius on average, a sample has none there in 1 of 100, `exp(−4.6)`. */
const FEW_EDGES = -Math.log(0.01);

/**
 * A mean sample may hold at most so many edges that are shorter than any seen: 1 sample in 20 does.
 */
const SHORTER_EDGES = 0.05;

/** Means are rejected that give as many edges as there are, or more, less often than this. */
const REJECTED = 0.05;

/**
 * Say in words what other samples may lack or hold at the smallest radius, the leftmost point of
 * every fit, where all the samples agree on it; `null` if neither is likely, and where samples
 * differ, since the interval then knows what a difference does.
 *
 * An edge is in a sample with a probability of about `p = share²`, since both of its ends must be
 * drawn. Of edges whose mean number in a sample is m, another sample holds none with a probability
 * of `(1 − p)^(m / p)`, which is `exp(−m)` where p is small. The mean is known from the edges of
 * all samples, and the smallest one that is not rejected at 5 % counts. Samples that hold the same
 * number of them hold the same edges, as of a layer that is drawn whole.
 *
 * How many edges are shorter is extrapolated from the two smallest radii, as if the share of
 * weights above |w| fell no slower than exponentially, which a normal distribution does. That none
 * of n samples shows one leaves `(1 − p)^n` of them.
 *
 * @param samples The smallest radii of each sample with their edges, as `MeasuredSpectrum` has
 * them; none where radii are fixed.
 * @param share The share of the model's neurons that a sample has; 0 if unknown.
 */
export function fragileRadii(
  samples: readonly (readonly RadiusEdges[])[],
  share = 0,
): string | null {
  const [first, second] = [...new Set(samples.flat().map(({ radius }) => radius))]
    .sort((a, b) => a - b);
  if (first === undefined || second === undefined) return null;
  if (samples.some(([smallest]) => smallest?.radius !== first)) return null;
  const size = samples.length, p = share ** 2;
  const edges = [first, second].map((radius) =>
    samples.map((own) => own.find((one) => one.radius === radius)?.edges ?? 0)
  );
  const [atFirst, atSecond] = edges.map((counts) =>
    counts.reduce((sum, own) => sum + own, 0) / size
  );
  const fewest = p === 0 ? FEW_EDGES : FEW_EDGES * p / -Math.log1p(-p);
  const [isFirst, isSecond] = edges.map((counts) =>
    new Set(counts).size > 1 &&
    poissonTail(counts.reduce((sum, own) => sum + own, 0), fewest * size) > REJECTED
  );
  const few = inWords(atFirst!);
  if (isFirst && isSecond) {
    const edges = `${few} and ${inWords(atSecond!)} edges a sample`;
    return `${edges} have the smallest radii ${first} and ${second}, others may lack them`;
  }
  if (isFirst) return `${few} edges a sample have the smallest radius ${first}, others may lack it`;
  const shorter = shorterEdges(first, second, atFirst!, atSecond!) * (1 - p) ** size;
  return shorter > SHORTER_EDGES ? `others may hold an edge shorter than ${first}` : null;
}

/**
 * How many edges a mean sample has that round to less than the first radius, from those at the
 * first two; 0 if none can.
 */
function shorterEdges(first: number, second: number, atFirst: number, atSecond: number): number {
  const unit = 10 ** -Math.max(decimals(first), decimals(second));
  // Lengths are above 1, so nothing rounds to less.
  if (first - unit < 1 - unit / 2) return 0;
  const weight = (radius: number) => 1 / (radius + unit / 2);
  const steps = (weight(first - unit) - weight(first)) / (weight(first) - weight(second));
  return atFirst * (atFirst / (atFirst + atSecond)) ** steps;
}

function decimals(value: number): number {
  return `${value}`.split(".")[1]?.length ?? 0;
}

/** The probability of `count` or more where so many are expected. */
function poissonTail(count: number, expected: number): number {
  let below = 0, logTerm = -expected;
  for (let k = 0; k < count; k++) {
    below += Math.exp(logTerm);
    logTerm += Math.log(expected / (k + 1));
  }
  return 1 - below;
}

function inWords(mean: number): string {
  return `${Number(mean.toFixed(1))}`;
}
