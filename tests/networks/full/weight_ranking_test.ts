import assert from "node:assert/strict";
import { lengthBins } from "../../../lib/networks/full/length_bins.ts";
import { StepRanks } from "../../../lib/networks/full/weight_ranking.ts";
import { binsBySteps } from "../bins_by_steps.ts";

Deno.test("StepRanks gives any weights the bins that each way of binning gives them", () => {
  const weights = Float64Array.from(
    { length: 20_000 },
    (_, i) => i % 100 === 0 ? [0, NaN, Infinity, 1e-300][(i / 100) % 4]! : 1e-3 * 1.0005 ** i,
  );
  const ways = [lengthBins(1, 150, 0), lengthBins(0, 200, 0)];
  const steps = new StepRanks(ways);
  const ranks = new Uint16Array(weights.length);
  steps.rank(weights, ranks);
  ways.forEach((one, way) => {
    assert.deepEqual(ranks.map((rank) => steps.bins[way]![rank]!), binsBySteps(weights, one));
  });
  assert.throws(
    () => new StepRanks([lengthBins(1, 600, 2), lengthBins(0, 200, 2)]),
    /lower digits/,
  );
});
