/** The bins of weights by arithmetic, to compare tables with. */

import { addSteps, binsOfSteps, type LengthBins } from "../../lib/networks/full/length_bins.ts";

/** The bin of each weight in one way of binning. */
export function binsBySteps(weights: Float64Array, lengths: LengthBins): Uint16Array {
  const steps = new Uint16Array(weights.length), bins = binsOfSteps(lengths);
  addSteps(weights, lengths, steps);
  return steps.map((step) => bins[step]!);
}
