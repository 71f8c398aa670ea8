import assert from "node:assert/strict";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { binsOfBits, binWeights, lengthBins } from "../../lib/networks/length_bins.ts";
import { roundHalfEven } from "../../lib/networks/round_half_even.ts";

Deno.test("binsOfBits() puts each of the 65,536 weights of both formats where box growing rounds it to", () => {
  const bytes = new Uint8Array(Uint16Array.from(Array(65536).keys()).buffer);
  for (const dtype of ["F16", "BF16"] as const) {
    const weights = decodeValues({ dtype, shape: [65536], bytes });
    for (const [lowest, threshold, digits] of [[1, 150, 0], [1, 33.5, 2], [0, 200, 0]] as const) {
      const lengths = lengthBins(lowest, threshold, digits);
      const table = binsOfBits(dtype, lengths);
      weights.forEach((weight, bits) => {
        const length = 1 / Math.abs(weight);
        const expected = !Number.isFinite(weight)
          ? lengths.notFinite
          : weight === 0
          ? lengths.zero
          : length > lowest && length <= threshold
          ? roundHalfEven(length * 10 ** digits)
          : lengths.outside;
        if (table[bits] !== expected) assert.equal(table[bits], expected, `${dtype} ${weight}`);
      });
    }
  }
});

Deno.test("binWeights() tests bounds before it rounds, and rounds halves to the even neighbour", () => {
  const lengths = lengthBins(1, 150, 0);
  const weights = [1, 1 - 2 ** -53, -0.4, 1 / 3.5, 1 / 150, 1 / 150.00000000000003, 5e-324, 1e300];
  const bins = new Uint16Array(weights.length);
  binWeights(Float64Array.from(weights), lengths, bins);
  const { outside } = lengths;
  assert.deepEqual([...bins], [outside, 1, 2, 4, 150, outside, outside, outside]);
});

Deno.test("lengthBins() with a lower bound of 0 keeps the lengths that round to 0 apart", () => {
  const lengths = lengthBins(0, 200, 0);
  const bins = new Uint16Array(3);
  binWeights(Float64Array.of(2, 2.5, 1e9), lengths, bins);
  assert.deepEqual([...bins], [0, 0, 0]);
});
