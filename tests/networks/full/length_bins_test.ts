import assert from "node:assert/strict";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { addSteps, binsOfSteps, lengthBins } from "../../../lib/networks/full/length_bins.ts";
import { roundHalfEven } from "../../../lib/numpy/round_half_even.ts";

function binsOf(weights: readonly number[], lengths = lengthBins(1, 150, 0)): number[] {
  const steps = new Uint16Array(weights.length), bins = binsOfSteps(lengths);
  addSteps(Float64Array.from(weights), lengths, steps);
  return Array.from(steps, (step) => bins[step]!);
}

Deno.test("addSteps() puts each of the 65,536 weights of both formats where box growing rounds it to", () => {
  const bytes = new Uint8Array(Uint16Array.from(Array(65536).keys()).buffer);
  for (const dtype of ["F16", "BF16"] as const) {
    const weights = [...decodeValues({ dtype, shape: [65536], bytes })];
    for (const [lowest, threshold, digits] of [[1, 150, 0], [1, 33.5, 2], [0, 200, 0]] as const) {
      const lengths = lengthBins(lowest, threshold, digits);
      const bins = binsOf(weights, lengths);
      weights.forEach((weight, bits) => {
        const length = 1 / Math.abs(weight);
        const expected = !Number.isFinite(weight)
          ? lengths.notFinite
          : weight === 0
          ? lengths.zero
          : length > lowest && length <= threshold
          ? roundHalfEven(length * 10 ** digits)
          : lengths.outside;
        if (bins[bits] !== expected) assert.equal(bins[bits], expected, `${dtype} ${weight}`);
      });
    }
  }
});

Deno.test("addSteps() ascends with the size of the weight", () => {
  const weights = Float64Array.from({ length: 2000 }, (_, i) => i === 0 ? 0 : 1e-3 * 1.01 ** i);
  const steps = new Uint16Array(weights.length);
  addSteps(weights, lengthBins(1, 150, 0), steps);
  assert.equal(steps[0], 0);
  assert.ok(steps.every((step, i) => i === 0 || step >= steps[i - 1]!));
});

Deno.test("addSteps() tests bounds before it rounds, and rounds halves to the even neighbour", () => {
  const weights = [1, 1 - 2 ** -53, -0.4, 1 / 3.5, 1 / 150, 1 / 150.00000000000003, 5e-324, 1e300];
  const { outside } = lengthBins(1, 150, 0);
  assert.deepEqual(binsOf(weights), [outside, 1, 2, 4, 150, outside, outside, outside]);
});

Deno.test("lengthBins() with a lower bound of 0 keeps the lengths that round to 0 apart", () => {
  assert.deepEqual(binsOf([2, 2.5, 1e9], lengthBins(0, 200, 0)), [0, 0, 0]);
});
