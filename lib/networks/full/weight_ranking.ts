/** How the weights of each format are ranked, and by which kernel they are counted. */

import type { FloatType } from "../../checkpoints/checkpoint.ts";
import { type CountKernel, type KernelKind, SMALL_RANKS } from "./count_kernel.ts";
import { addSteps, binsOfSteps, type LengthBins } from "./length_bins.ts";
import { ranksOfHalves, ranksOfSingles, type WeightRanks } from "./weight_ranks.ts";

/** How the weights of one format are ranked. */
export interface Ranking {
  readonly kind: KernelKind;
  readonly ranks: WeightRanks;
  readonly prepare: (kernel: CountKernel) => void;
  /** Ranks by arithmetic, where weights cannot be looked up as they are stored. */
  readonly steps?: StepRanks;
}

/** Rankings made last: each takes as long as counting a million weights, and all parts of a model need the same. */
const rankings = new Map<string, Ranking>(), MOST_RANKINGS = 8;

/**
 * The ranking of the weights of a format, used again where it is one of the last that were made.
 */
export function rankingFor(format: FloatType | "norms", lengths: readonly LengthBins[]): Ranking {
  const key = JSON.stringify([format, lengths]);
  const ranking = rankings.get(key) ?? rankingOf(format, lengths);
  rankings.delete(key);
  rankings.set(key, ranking);
  if (rankings.size > MOST_RANKINGS) rankings.delete(rankings.keys().next().value!);
  return ranking;
}

function rankingOf(format: FloatType | "norms", lengths: readonly LengthBins[]): Ranking {
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
  const entries = small ? Uint8Array.from(table) : table;
  return {
    kind: small ? "small" : "large",
    ranks,
    prepare: (kernel) => kernel.setTable(entries),
  };
}

/** Doubles that are ranked at a time: few enough to stay near the processor. */
const CHUNK = 2 ** 13;

/**
 * Ranks of any weights, by arithmetic: the steps in all ways of binning, added up. They ascend with |w|, so a sum stands for one
 * step in each way; which it is is noted as the sum is met.
 */
export class StepRanks implements WeightRanks {
  readonly bins: Uint16Array[];
  readonly ranks: number;
  readonly #lengths: readonly LengthBins[];

  constructor(lengths: readonly LengthBins[]) {
    this.#lengths = lengths;
    this.ranks = lengths.reduce((sum, { bins }) => sum + bins + 1, 0);
    if (this.ranks > 2 ** 16) {
      throw new RangeError(
        `The thresholds have ${this.ranks} rounded lengths together, more than 65536; lower digits or one of them`,
      );
    }
    this.bins = lengths.map((one) => {
      const bins = new Uint16Array(this.ranks);
      if (lengths.length === 1) bins.set(binsOfSteps(one));
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
