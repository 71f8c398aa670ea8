import assert from "node:assert/strict";
import { radarSpokes } from "../../../lib/figures/emergence/radar_spokes.ts";
import { emergenceRow } from "../tables.ts";

const score = (metric: string, step: number, value: number) => ({
  ...{ metric, step, value, stderr: 0.1 },
});
const emergence = [emergenceRow(0, 0), emergenceRow(4, -0.3), emergenceRow(64, 0.1)];
const scores = [score("copying", 0, 0.2), score("copying", 4, 0.4), score("copying", 64, 1)];

/** Readings rounded to thousandths. */
function rounded(readings: ReadonlyMap<number, object>) {
  const round = (_: string, value: unknown) =>
    typeof value === "number" ? Math.round(1000 * value) / 1000 : value;
  return JSON.parse(JSON.stringify([...readings], round));
}

Deno.test("each spoke runs from its smallest to its largest value over all steps, not just those drawn", () => {
  const [E, copying] = radarSpokes("nano-8", emergence, scores, [0, 64]);
  assert.deepEqual([E!.name, E!.range], ["E", "−0.30 to 0.10"]);
  assert.deepEqual(rounded(E!.readings), [
    [0, { radius: 0.75, low: 0.725, high: 0.775 }],
    [64, { radius: 1, low: 0.975, high: 1.025 }],
  ]);
  assert.deepEqual([copying!.name, copying!.range], ["copying", "0.20 to 1.00"]);
  // A bar ends at the centre, where it would otherwise come out on the other side.
  assert.deepEqual(rounded(copying!.readings), [
    [0, { radius: 0, low: 0, high: 0.125 }],
    [64, { radius: 1, low: 0.875, high: 1.125 }],
  ]);
});

Deno.test("a step without an E or a score is refused with those that have one, never replaced by the nearest", () => {
  const refused = (steps: number[], rows = emergence) => () =>
    radarSpokes("nano-8", rows, scores, steps);
  assert.throws(
    refused([0, 3]),
    /^RangeError: step 3 of nano-8 has no E; steps with one: 0, 4, 64$/,
  );
  assert.throws(refused([128], [...emergence, emergenceRow(128, 0.2)]), {
    message: "step 128 of nano-8 has no copying; steps with one: 0, 4, 64",
  });
  assert.throws(
    refused([4], [emergenceRow(0, 0), emergenceRow(4, NaN)]),
    /step 4 of nano-8 has no E/,
  );
  assert.throws(refused([]), /no step of nano-8 to draw; pass at least one/);
  assert.throws(() => radarSpokes("nano-8", emergence, [], [0]), /nano-8 has no score to draw E/);
});

Deno.test("what never changes stays at the centre and says so", () => {
  const constant = [0, 4, 64].map((step) => score("recall", step, 0.5));
  const [, recall] = radarSpokes("nano-8", emergence, constant, [0, 64]);
  assert.equal(recall!.range, "always 0.50");
  assert.ok([...recall!.readings.values()].every(({ radius }) => radius === 0));
});

Deno.test("an E without an interval is drawn without a bar", () => {
  const rows = emergence.map((row) => ({ ...row, eLow: NaN, eHigh: NaN }));
  const [E] = radarSpokes("nano-8", rows, scores, [0]);
  const { radius, low, high } = E!.readings.get(0)!;
  assert.deepEqual([low, high], [radius, radius]);
});
