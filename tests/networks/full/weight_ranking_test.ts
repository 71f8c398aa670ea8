import assert from "node:assert/strict";
import { lengthBins } from "../../../lib/networks/full/length_bins.ts";
import { binsBySteps } from "../bins_by_steps.ts";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { SINGLE_SHIFT } from "../../../lib/networks/full/count_layout.ts";
import {
  ranksOfHalves,
  ranksOfSingles,
  StepRanks,
} from "../../../lib/networks/full/weight_ranking.ts";

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

const ways = [lengthBins(1, 150, 0), lengthBins(0, 200, 0)];

Deno.test("ranksOfHalves() gives every code the bins of its weight, in two ways of binning at once", () => {
  const bytes = new Uint8Array(Uint16Array.from(Array(65536).keys()).buffer);
  for (const dtype of ["F16", "BF16"] as const) {
    const weights = decodeValues({ dtype, shape: [65536], bytes });
    const { table, ranks, bins } = ranksOfHalves(dtype, ways);
    assert.ok(ranks <= 256);
    ways.forEach((lengths, way) => {
      assert.deepEqual(table.map((rank) => bins[way]![rank]!), binsBySteps(weights, lengths));
    });
  }
});

Deno.test("ranksOfSingles() gives numbers at and around every breakpoint the bins of their weight", () => {
  for (const lengths of [ways, ways.slice(0, 1), [lengthBins(1, 33.5, 0)]]) {
    const { table, breakpoints, bins } = ranksOfSingles(lengths)!;
    const numbers = new Set([0, 1, 0x7f7fffff, 0x7f800000, 0x7fc00000, 0x3f800000]);
    for (const breakpoint of breakpoints) {
      for (const near of [-1, 0, 1]) {
        if (breakpoint + near <= 0x7fffffff) numbers.add(breakpoint + near);
      }
    }
    for (let cell = 0; cell < 2 ** (31 - SINGLE_SHIFT); cell += 7) {
      numbers.add(cell << SINGLE_SHIFT);
    }
    const bits = Uint32Array.from(numbers);
    const weights = Float64Array.from(new Float32Array(bits.buffer));
    const ranks = bits.map((b) => {
      const rank = table[b >>> SINGLE_SHIFT]!;
      return rank + +(b >= breakpoints[rank]!);
    });
    lengths.forEach((one, way) => {
      assert.deepEqual([...ranks].map((rank) => bins[way]![rank]!), [...binsBySteps(weights, one)]);
    });
  }
});

Deno.test("ranksOfSingles() is null where bounds lie too close together for its cells, or there are too many ranks", () => {
  assert.ok(ranksOfSingles([lengthBins(1, 150.4999, 0), lengthBins(0, 200, 0)]) === null);
  assert.ok(ranksOfSingles([lengthBins(1, 150, 1)]) === null);
});
