/** How the weights of each format are ranked, and by which kernel they are counted. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint, FloatType } from "../../checkpoints/checkpoint.ts";
import { type CountKernel, type KernelKind, SMALL_RANKS } from "./count_kernel.ts";
import { SINGLE_SHIFT } from "./count_layout.ts";
import {
  addSteps,
  binsOfSteps,
  type LengthBins,
  MOST_RANKS,
  ranksTogether,
} from "./length_bins.ts";
import { decodeValues } from "../../checkpoints/decode_values.ts";

/** How the weights of one format are ranked. */
export interface Ranking {
  readonly kind: KernelKind;
  readonly ranks: WeightRanks;
  readonly prepare: (kernel: CountKernel) => void;
  /** Ranks by arithmetic, where weights cannot be looked up as they are stored. */
  readonly steps?: StepRanks;
}

/**
 * How weights come to be ranked: in the format that they are stored in, or as the norms of kernels.
 */
export type RankedFormat = FloatType | "norms";

/** What the weights of a matrix are ranked as. */
export function formatOf(checkpoint: Checkpoint, { tensor, kernel }: WeightMatrix): RankedFormat {
  return kernel > 1 ? "norms" : checkpoint.tensors.get(tensor)?.dtype as FloatType;
}

/**
 * Rankings made last: each takes as long as counting a million weights, and all parts of a model
 * need the same.
 */
const rankings = new Map<string, Ranking>(), MOST_RANKINGS = 8;

/** The ranking of the weights of a format, used again where it is one of the last made. */
export function rankingFor(format: RankedFormat, lengths: readonly LengthBins[]): Ranking {
  const key = JSON.stringify([format, lengths]);
  const ranking = rankings.get(key) ?? rankingOf(format, lengths);
  rankings.delete(key);
  rankings.set(key, ranking);
  if (rankings.size > MOST_RANKINGS) rankings.delete(rankings.keys().next().value!);
  return ranking;
}

function rankingOf(format: RankedFormat, lengths: readonly LengthBins[]): Ranking {
  if (format === "F16" || format === "BF16") {
    const ranks = ranksOfHalves(format, lengths);
    return byTable(ranks, ranks.table);
  }
  const singles = format === "F32" ? ranksOfSingles(lengths) : null;
  if (singles) {
    const prepare = (kernel: CountKernel) => {
      kernel.setTable(singles.table);
      kernel.setBreakpoints(singles.breakpoints);
    };
    return { kind: "single", ranks: singles, prepare };
  }
  const steps = new StepRanks(lengths);
  const same = Uint16Array.from({ length: steps.ranks }, (_, step) => step);
  return { ...byTable(steps, same), steps };
}

function byTable(ranks: WeightRanks, table: Uint16Array): Ranking {
  const small = ranks.ranks <= SMALL_RANKS;
  const entries = small ? Uint8Array.from(table) : table, kind = small ? "small" : "large";
  return { kind, ranks, prepare: (kernel) => kernel.setTable(entries) };
}

/** Doubles that are ranked at a time: few enough to stay near the processor. */
const CHUNK = 2 ** 13;

/**
 * Ranks of any weights, by arithmetic: the steps in all ways of binning, added up. They ascend with
 * |w|, so a sum stands for one step in each way; which it is is noted as the sum is met.
 */
export class StepRanks implements WeightRanks {
  readonly bins: Uint16Array[];
  readonly ranks: number;
  readonly #lengths: readonly LengthBins[];

  constructor(lengths: readonly LengthBins[]) {
    this.#lengths = lengths;
    this.ranks = ranksTogether(lengths);
    if (this.ranks > MOST_RANKS) {
      throw new RangeError(
        `The thresholds have ${this.ranks} rounded lengths together, more than ${MOST_RANKS}; lower digits or one of them`,
      );
    }
    this.bins = lengths.map((one) => {
      const bins = new Uint16Array(this.ranks);
      // Zeros are counted where a row is filled up, whether or not one is met among the weights.
      if (lengths.length === 1) bins.set(binsOfSteps(one));
      else bins[0] = one.zero;
      return bins;
    });
  }

  /** Write the ranks of some weights. */
  rank(weights: Float32Array | Float64Array, into: Uint16Array): void {
    const doubles = new Float64Array(CHUNK), steps = new Uint16Array(CHUNK);
    for (let start = 0; start < weights.length; start += CHUNK) {
      const part = weights.subarray(start, start + CHUNK);
      doubles.set(part);
      const some = doubles.subarray(0, part.length);
      const ranks = into.subarray(start, start + part.length).fill(0);
      for (const one of this.#lengths) addSteps(some, one, ranks);
      if (this.#lengths.length > 1) this.#note(some, ranks, steps);
    }
  }

  #note(weights: Float64Array, ranks: Uint16Array, steps: Uint16Array): void {
    for (const [way, one] of this.#lengths.entries()) {
      const bins = this.bins[way]!, binOf = binsOfSteps(one);
      steps.fill(0);
      addSteps(weights, one, steps);
      for (let i = 0; i < ranks.length; i++) bins[ranks[i]!] = binOf[steps[i]!]!;
    }
  }
}

/**
 * Ranks of the weights of one format. Equal ranks are equal bins, in all ways of binning at once.
 */
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
  const bytes = new Uint8Array(codes.buffer);
  const weights = decodeValues({ dtype, shape: [codes.length], bytes });
  const steps = new Uint16Array(codes.length), table = new Uint16Array(2 * codes.length);
  for (const one of lengths) addSteps(weights, one, steps);
  const firsts: number[] = [];
  for (let code = 0; code < codes.length; code++) {
    if (steps[code] !== steps[code - 1]) firsts.push(weights[code]!);
    table[code] = table[code + codes.length] = firsts.length - 1;
  }
  return { table, ranks: firsts.length, bins: binsOf(firsts, lengths) };
}

/** Ranks of single-precision weights; `null` where they are too many, or too close for cells. */
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
