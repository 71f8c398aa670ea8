import assert from "node:assert/strict";
import { spreadLabels } from "../../lib/figures/spread_labels.ts";

function rounded(positions: readonly number[], gap: number, ends: readonly [number, number]) {
  return spreadLabels(positions, gap, ends).map((position) => Math.round(position * 1000) / 1000);
}

Deno.test("spreadLabels() leaves labels alone that are far enough apart", () => {
  assert.deepEqual(rounded([0.9, 0.1, 0.5], 0.1, [0, 1]), [0.9, 0.1, 0.5]);
});

Deno.test("spreadLabels() moves neighbours apart around their mean, in their order", () => {
  assert.deepEqual(rounded([0.5, 0.52, 0.1], 0.1, [0, 1]), [0.46, 0.56, 0.1]);
  assert.deepEqual(rounded([0.5, 0.5, 0.5], 0.1, [0, 1]), [0.4, 0.5, 0.6]);
});

Deno.test("spreadLabels() pushes on to labels that were far enough away before", () => {
  assert.deepEqual(rounded([0.5, 0.5, 0.58], 0.1, [0, 1]), [0.427, 0.527, 0.627]);
});

Deno.test("spreadLabels() keeps labels between the ends of the axis", () => {
  assert.deepEqual(rounded([1, 1, 1, 1], 0.1, [0, 1]), [0.7, 0.8, 0.9, 1]);
  assert.deepEqual(rounded([0, 0, 0.15], 0.1, [0, 1]), [0, 0.1, 0.2]);
  assert.deepEqual(rounded([1, 1, 0.85], 0.1, [0, 1]), [0.9, 1, 0.8]);
});

Deno.test("spreadLabels() of no labels is empty", () => {
  assert.deepEqual(spreadLabels([], 0.1, [0, 1]), []);
});
