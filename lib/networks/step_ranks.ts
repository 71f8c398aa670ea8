/** Ranks of weights that cannot be looked up as they are stored. */
import { addSteps, binsOfSteps, type LengthBins } from "./length_bins.ts";
import type { WeightRanks } from "./weight_ranks.ts";

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

  /** @throws {RangeError} If there are more ranks than 16 bits number. */
  constructor(lengths: readonly LengthBins[]) {
    this.#lengths = lengths;
    this.ranks = lengths.reduce((sum, { bins }) => sum + bins + 1, 0);
    if (this.ranks > 2 ** 16) {
      throw new RangeError(
        `The thresholds have ${this.ranks} rounded lengths together, more than 65536; lower digits or one of them.`,
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
