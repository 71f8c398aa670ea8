import assert from "node:assert/strict";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { type GoldenModel, readGolden } from "../golden/golden.ts";

Deno.test("qGrid() is the published grid unless told otherwise", () => {
  assert.deepEqual([...qGrid()], readGolden<GoldenModel>("h128").meta.q);
});

Deno.test("qGrid() gives the doubles nearest to the decimals, and 0 without a sign", () => {
  assert.deepEqual([...qGrid({ min: -0.3, max: 0.3, step: 0.1 })], [
    -0.3,
    -0.2,
    -0.1,
    0,
    0.1,
    0.2,
    0.3,
  ]);
  assert.deepEqual([...qGrid({ min: -1, max: 1, step: 0.5 })], [-1, -0.5, 0, 0.5, 1]);
  assert.ok(Object.is(qGrid()[30], 0));
});

Deno.test("qGrid() takes steps that are no short decimals", () => {
  const q = qGrid({ min: 0, max: 1, step: 1 / 3 });
  assert.equal(q.length, 4);
  assert.equal(q[1], 1 / 3);
});

Deno.test("qGrid() refuses a grid that does not ascend, does not end at max, or is endless", () => {
  assert.throws(() => qGrid({ min: 1, max: -1, step: 0.1 }), /q grid 1:-1:0.1 does not ascend/);
  assert.throws(() => qGrid({ min: -1, max: 1, step: -0.1 }), /q grid -1:1:-0.1 does not ascend/);
  assert.throws(() => qGrid({ min: -3, max: 3, step: 0.7 }), /q grid -3:3:0.7 does not end at 3/);
  assert.throws(() => qGrid({ min: 0, max: 1, step: 5 }), /does not end at 1/);
  assert.throws(() => qGrid({ min: NaN, max: 1, step: 1 }), /is not finite/);
  assert.throws(() => qGrid({ min: -3, max: 3, step: 1e-5 }), /has 600001 orders/);
});
