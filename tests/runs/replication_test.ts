import assert from "node:assert/strict";
import { replication, replicationSummary } from "../../lib/runs/replication.ts";

const point = (step: number, E: number) => (
  { model: "toy", step, E, precision: 0.002, source: "a figure" }
);
const row = (step: number, E: number, reach: number) => ({
  ...{ step, E, eLow: E - reach, eHigh: E + reach, alpha0: 1, width: 1 },
  ...{ samplesKept: 10, status: "ok" },
});
const published = [point(0, 0), point(1, 0.1), point(2, 0.2), point(4, 0.3), point(8, 0.4)];

Deno.test("replication() gives each published point after step 0 a verdict, its precision counted", () => {
  const rows = [row(0, 0, 0), row(1, 0.111, 0.01), row(2, 0.25, 0.01), row(4, 0.1, 0.01)];
  const table = replication([{ name: "a", model: "toy", rows }], published);
  assert.deepEqual(table.map(({ step, verdict }) => [step, verdict]), [
    [1, "within"], // 0.101 is above 0.1 by less than the precision
    [2, "measured higher"],
    [4, "measured lower"],
    [8, "not measured"],
  ]);
  assert.equal(table[1]!.difference!.toFixed(12), "0.050000000000");
  assert.deepEqual([table[3]!.E, table[3]!.eLow, table[3]!.difference], [null, null, null]);
});

Deno.test("replication() says why there is no verdict: no interval, no E, another model", () => {
  const rows = [row(1, 0.1, NaN), { ...row(2, NaN, NaN), status: "none of 10 samples kept" }];
  const table = replication([{ name: "a", model: "toy", rows }], published);
  assert.deepEqual(table.map(({ verdict }) => verdict), [
    ...["no interval", "no E", "not measured", "not measured"],
  ]);
  const [other] = replication([{ name: "a", model: "tiny", rows: [row(1, 0.1, 1)] }], published);
  assert.deepEqual([other!.verdict, other!.measured, other!.published], [
    ...["another model", "tiny", "toy"],
  ]);
});

Deno.test("replicationSummary() says how far each reading is in E and in rank order", () => {
  const close = [row(1, 0.1, 0.01), row(2, 0.21, 0.01), row(4, 0.33, 0.01), row(8, 0.39, 0.01)];
  const order = [row(1, 0.4, 0.01), row(2, 0.3, 0.01), row(4, 0.2, 0.01), row(8, 0.1, 0.01)];
  const summary = replicationSummary(replication([
    { name: "close", model: "toy", rows: close },
    { name: "reversed", model: "toy", rows: order },
    { name: "another", model: "tiny", rows: close },
    { name: "nothing", model: "toy", rows: [] },
  ], published));
  const rounded = summary.map(({ published, meanDifference, largestDistance, ...rest }) => ({
    ...{ ...rest, of: published },
    meanDifference: meanDifference?.toFixed(6) ?? null,
    largestDistance: largestDistance?.toFixed(6) ?? null,
  }));
  const toy = { measured: "toy", of: "toy" };
  const distances = { meanDifference: "0.007500", largestDistance: "0.030000" };
  assert.deepEqual(rounded, [
    { ...toy, reading: "close", points: 4, within: 3, spearman: 1, ...distances },
    {
      ...{ ...toy, reading: "reversed", points: 4, within: 0, spearman: -1 },
      ...{ meanDifference: "0.000000", largestDistance: "0.300000" },
    },
    {
      ...{ ...toy, reading: "another", measured: "tiny", points: 4 },
      ...{ within: null, spearman: 1, ...distances },
    },
    {
      ...{ ...toy, reading: "nothing", points: 0, within: 0, spearman: null },
      ...{ meanDifference: null, largestDistance: null },
    },
  ]);
});

Deno.test("replication() refuses a curve without a point after step 0", () => {
  assert.throws(
    () => replication([], [point(0, 0)]),
    /^RangeError: there is no published point after step 0/,
  );
});
