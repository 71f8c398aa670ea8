/** What stored weights can be, numbered in the order of their size, so that each is counted by one look into a table. */

import { decodeValues } from "../../checkpoints/decode_values.ts";
import { SINGLE_SHIFT, SMALL_RANKS } from "./count_kernel.ts";
import { addSteps, binsOfSteps, type LengthBins } from "./length_bins.ts";

/** Ranks of the weights of one format. Equal ranks are equal bins, in all ways of binning at once. */
export interface WeightRanks {
  readonly ranks: number;
  /** For each way of binning the bin of every rank. */
  readonly bins: readonly Uint16Array[];
}

/** Ranks of 16-bit codes. */
export interface CodeRanks extends WeightRanks {
  readonly table: Uint16Array;
}

/** Ranks of 32-bit numbers, whose sign is left out. */
export interface SingleRanks extends WeightRanks {
  /** The rank of the first number of each cell: those that agree in their upper bits. */
  readonly table: Uint8Array;
  /** The first number of the rank after each rank. */
  readonly breakpoints: Uint32Array;
}

/** Ranks of half-precision weights. */
export function ranksOfHalves(dtype: "F16" | "BF16", lengths: readonly LengthBins[]): CodeRanks {
  const codes = Uint16Array.from(Array(2 ** 15).keys());
  const weights = decodeValues({
    dtype,
    shape: [codes.length],
    bytes: new Uint8Array(codes.buffer),
  });
  const steps = new Uint16Array(codes.length), table = new Uint16Array(2 * codes.length);
  for (const one of lengths) addSteps(weights, one, steps);
  const firsts: number[] = [];
  for (let code = 0; code < codes.length; code++) {
    if (steps[code] !== steps[code - 1]) firsts.push(weights[code]!);
    table[code] = table[code + codes.length] = firsts.length - 1;
  }
  return { table, ranks: firsts.length, bins: binsOf(firsts, lengths) };
}

/**
 * Ranks of single-precision weights, or `null` where there are too many of them, or two bounds lie too close together for cells.
 */
export function ranksOfSingles(lengths: readonly LengthBins[]): SingleRanks | null {
  if (lengths.reduce((sum, { bins }) => sum + bins, 0) > 4 * SMALL_RANKS) return null;
  const stepAt = stepOfBits(lengths);
  const firsts = [0], last = stepAt(INFINITY);
  while (stepAt(firsts.at(-1)!) < last) {
    if (firsts.length === SMALL_RANKS) return null;
    firsts.push(firstAbove(stepAt, firsts.at(-1)!));
  }
  const table = new Uint8Array(2 ** (31 - SINGLE_SHIFT));
  for (let cell = 0, rank = 0; cell < table.length; cell++) {
    const end = (cell + 1) * 2 ** SINGLE_SHIFT;
    table[cell] = rank;
    // A breakpoint at the first number of a cell is the next cell's.
    for (let within = 0; firsts[rank + 1]! <= end; rank++) {
      if (firsts[rank + 1]! < end && ++within > 1) return null;
    }
  }
  const numbers = new Float64Array(new Float32Array(Uint32Array.from(firsts).buffer));
  const breakpoints = Uint32Array.from([...firsts.slice(1), 2 ** 31]);
  return { table, breakpoints, ranks: firsts.length, bins: binsOf([...numbers], lengths) };
}

/** The bits of the smallest single-precision number that is not finite. */
const INFINITY = 0x7f800000;

function stepOfBits(lengths: readonly LengthBins[]): (bits: number) => number {
  const bits = new Uint32Array(1), single = new Float32Array(bits.buffer);
  const step = new Uint16Array(1);
  return (of) => {
    bits[0] = of;
    step[0] = 0;
    for (const one of lengths) addSteps(Float64Array.from(single), one, step);
    return step[0]!;
  };
}

/** The first number that is a step above that of \`from\`, by halving. */
function firstAbove(stepAt: (bits: number) => number, from: number): number {
  const step = stepAt(from);
  let below = from, above = INFINITY;
  while (above - below > 1) {
    const middle = (below + above) >>> 1;
    if (stepAt(middle) > step) above = middle;
    else below = middle;
  }
  return above;
}

/** For each way of binning, the bins of some weights. */
function binsOf(weights: readonly number[], lengths: readonly LengthBins[]): Uint16Array[] {
  return lengths.map((one) => {
    const steps = new Uint16Array(weights.length), bins = binsOfSteps(one);
    addSteps(Float64Array.from(weights), one, steps);
    return steps.map((step) => bins[step]!);
  });
}
