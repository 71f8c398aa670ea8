/** Whether samples other than those drawn may begin at another radius, so that no interval over those drawn knows of it. */

import type { RadiusEdges } from "../networks/mass_table.ts";

/** A sample lacks a radius that has so many edges in a mean sample with a probability of 1 %, `exp(−4.6)`. */
const FEW_EDGES = -Math.log(0.01);

/** A mean sample may hold at most so many edges that are shorter than any seen: 1 sample in 20 does. */
const SHORTER_EDGES = 0.05;

/** Means are rejected that give as many edges as there are, or more, less often than this. */
const REJECTED = 0.05;

/**
 * Say in words what other samples may lack or hold at the smallest radius, the leftmost point of every fit, where all the samples
 * agree on it; `null` if neither is likely, and where samples differ, since the interval then knows what a difference does.
 *
 * Edges of one radius are many weights of which each is rarely in a sample, so their number is Poisson's: a sample lacks the
 * radius with a probability of `exp(−mean)`. The mean is known from the edges of all samples, and the smallest one that is not
 * rejected at 5 % counts. How many edges are shorter is extrapolated from the two smallest radii, as if the share of weights
 * above |w| fell no slower than exponentially, which a normal distribution does.
 *
 * @param samples The smallest radii of each sample with their edges, as `MeasuredSpectrum` has them; none where radii are fixed.
 */
export function fragileRadii(samples: readonly (readonly RadiusEdges[])[]): string | null {
  const [first, second] = [...new Set(samples.flat().map(({ radius }) => radius))]
    .sort((a, b) => a - b);
  if (first === undefined) return null;
  if (samples.some(([smallest]) => smallest?.radius !== first)) return null;
  const edgesAt = (radius: number) =>
    samples.flat().reduce((sum, own) => own.radius === radius ? sum + own.edges : sum, 0);
  const edges = edgesAt(first), mean = edges / samples.length;
  const isFew = (count: number) => poissonTail(count, FEW_EDGES * samples.length) > REJECTED;
  const next = second === undefined ? Infinity : edgesAt(second);
  if (isFew(edges)) {
    return next < Infinity && isFew(next)
      ? `the smallest radii ${first} and ${second} rest on ${inWords(mean)} and ` +
        `${inWords(next / samples.length)} edges a sample, and others may lack them`
      : `the smallest radius ${first} rests on ${
        inWords(mean)
      } edges a sample, and others may lack it`;
  }
  if (second === undefined) return null;
  const shorter = shorterEdges(first, second, mean, next / samples.length);
  if (shorter <= SHORTER_EDGES) return null;
  return `others may hold an edge shorter than the smallest radius ${first}`;
}

/** How many edges a mean sample has that round to less than the first radius, from those at the first two; 0 if none can. */
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
