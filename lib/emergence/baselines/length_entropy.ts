/** How evenly edges spread over lengths. */

import { addSteps, binsOfSteps, type LengthBins } from "../../networks/full/length_bins.ts";

/** Weights that are put into bins at a time. */
const CHUNK = 2 ** 13;

/** Histograms of edge lengths: one count for each rounded length, and one for all edges out of bounds. */
export class LengthHistogram {
  readonly counts: Float64Array;
  readonly #lengths: LengthBins;
  readonly #binOf: Uint16Array;

  constructor(lengths: LengthBins) {
    this.#lengths = lengths;
    this.#binOf = binsOfSteps(lengths);
    this.counts = new Float64Array(lengths.outside + 1);
  }

  /** Count some edges; a weight of zero is none. */
  add(weights: Float64Array): void {
    const steps = new Uint16Array(CHUNK);
    const { outside } = this.#lengths;
    for (let start = 0; start < weights.length; start += CHUNK) {
      const part = weights.subarray(start, start + CHUNK);
      steps.fill(0);
      addSteps(part, this.#lengths, steps);
      for (let i = 0; i < part.length; i++) {
        const bin = this.#binOf[steps[i]!]!;
        if (bin <= outside) this.counts[bin]!++;
      }
    }
  }

  /** Count the edges of another histogram too. */
  addAll({ counts }: LengthHistogram): void {
    counts.forEach((count, bin) => this.counts[bin]! += count);
  }

  /** Shannon's entropy in bits; `null` if there is no edge. */
  entropy(): number | null {
    const edges = this.counts.reduce((sum, count) => sum + count, 0);
    if (edges === 0) return null;
    let bits = 0;
    for (const count of this.counts) {
      if (count > 0) bits -= count / edges * Math.log2(count / edges);
    }
    return bits + 0; // no −0 where all edges are in one bin
  }
}
