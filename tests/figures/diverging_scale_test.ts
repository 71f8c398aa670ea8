import assert from "node:assert/strict";
import { divergingScale, missingColor } from "../../lib/figures/diverging_scale.ts";

Deno.test("divergingScale() has round bounds that are the same on both sides of 0", () => {
  const { bounds, colors } = divergingScale([0.02, -0.17, NaN]);
  assert.deepEqual(bounds, ["−0.15", "−0.10", "−0.05", "0.00", "0.05", "0.10", "0.15"]);
  assert.equal(new Set(colors).size, 8);
});

Deno.test("divergingScale() has classes of one digit that hold the largest value", () => {
  const first = (most: number) => divergingScale([most, -most / 2]).bounds.slice(4);
  assert.deepEqual(first(0.12), ["0.03", "0.06", "0.09"]);
  assert.deepEqual(first(0.121), ["0.04", "0.08", "0.12"]);
  assert.deepEqual(first(0.4), ["0.1", "0.2", "0.3"]);
  assert.deepEqual(first(39), ["10", "20", "30"]);
});

Deno.test("divergingScale() colours values by their class, those beyond the last by it", () => {
  const { color, colors } = divergingScale([0.2]);
  assert.equal(color(0.001), colors[4]);
  assert.equal(color(-0.001), colors[3]);
  assert.equal(color(0.2), colors[7]);
  assert.equal(color(9), colors[7]);
  assert.equal(color(-9), colors[0]);
  assert.equal(color(NaN), missingColor);
});

Deno.test("divergingScale() writes in white on dark classes only", () => {
  const { textColor } = divergingScale([0.2]);
  assert.deepEqual([-0.19, -0.1, 0, 0.1, 0.19].map(textColor), [
    ...["white", "black", "black", "black", "white"],
  ]);
});
