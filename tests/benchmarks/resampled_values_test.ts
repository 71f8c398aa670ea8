import assert from "node:assert/strict";
import ranks from "@stdlib/stats-ranks";
import { resampleBlocks } from "../../lib/benchmarks/resample_blocks.ts";
import { resampledValues } from "../../lib/benchmarks/resampled_values.ts";

const values = Float64Array.from([3, -0, 1, 3, 0, 7, 1, -2.5, 3]);
const resamples = resampleBlocks(values.length, 3, 100, 0);

/** The values of a resample, taken the plain way. */
function drawn(draw: number): number[] {
  return [...values].flatMap((value, i) =>
    new Array<number>(resamples.times[draw * values.length + i]!).fill(value)
  );
}

Deno.test("resampledValues() gives the value of each point as often as it was drawn", () => {
  const take = resampledValues(values, "pearson", resamples), into = new Float64Array(9);
  for (let draw = 0; draw < 100; draw++) {
    take(draw, into);
    assert.deepEqual([...into], drawn(draw));
  }
});

Deno.test("resampledValues() gives the library's ranks, with ties among points and among repeats", () => {
  const take = resampledValues(values, "spearman", resamples), into = new Float64Array(9);
  for (let draw = 0; draw < 100; draw++) {
    take(draw, into);
    assert.deepEqual([...into], [...ranks(drawn(draw))]);
  }
});
