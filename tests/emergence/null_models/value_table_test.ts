import assert from "node:assert/strict";
import { seededStreams } from "../../../lib/emergence/null_models/shuffle.ts";
import { poissonProbabilities } from "../../../lib/emergence/null_models/value_probabilities.ts";
import { ValueTable } from "../../../lib/emergence/null_models/value_table.ts";
import { agreesWith, timesOf } from "./chi_square.ts";

const streams = seededStreams(0, 0, "values");

Deno.test("a table draws each value as often as it is likely, whether cells are narrow or wide", () => {
  for (const [i, mean] of [0.01, 0.9, 13.7, 2500].entries()) {
    const law = poissonProbabilities(mean), table = new ValueTable(law);
    const drawn = new Uint32Array(200_001);
    const sum = table.fill(drawn, streams(i));
    assert.equal(sum, drawn.reduce((sum, value) => sum + value, 0));
    const expected = [...law.probabilities].map((p, i) => [law.first + i, p] as const);
    agreesWith(timesOf(drawn), new Map(expected));
    assert.ok(drawn.every((value) => value <= table.last));
  }
});

Deno.test("a table draws values in cells that several share as often as they are likely", () => {
  // One of 64 cells has all of the second and third values, and some of the two others.
  const probabilities = Float64Array.of(0.97, 0.004, 0.002, 0.024);
  const drawn = new Uint16Array(400_000);
  new ValueTable({ first: 5, probabilities }).fill(drawn, streams(9));
  agreesWith(timesOf(drawn), new Map([...probabilities].map((p, i) => [5 + i, p])));
});

Deno.test("a table with a single value draws it", () => {
  const drawn = new Uint16Array(9);
  const table = new ValueTable({ first: 3, probabilities: Float64Array.of(1) });
  assert.equal(table.fill(drawn, streams(0)), 27);
});

Deno.test("the same stream draws the same values on every machine", () => {
  const drawn = new Uint32Array(12);
  new ValueTable(poissonProbabilities(13.7)).fill(drawn, streams(1));
  assert.deepEqual([...drawn], [12, 8, 10, 11, 11, 18, 15, 17, 12, 13, 6, 12]);
});
