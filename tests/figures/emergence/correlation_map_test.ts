import assert from "node:assert/strict";
import { correlationTable } from "../../../lib/correlations/correlation_table.ts";
import { correlationMapFigure } from "../../../lib/figures/emergence/correlation_map.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { textFaults } from "../text_faults.ts";

const steps = [0, 1, 2, 4, 8, 16, 32, 64];
const scores = ["copying", "recall"].flatMap((metric, j) =>
  steps.map((step, i) => ({ step, metric, value: j === 0 ? i : 0 }))
);
const rows = (sign: number) =>
  correlationTable(steps.map((step, i) => ({ step, E: sign * i })), scores, {
    ...{ draws: 10, permutations: 10 },
  });

Deno.test("correlationMapFigure() writes each correlation with its sign, and a dash where there is none", () => {
  const figure = correlationMapFigure([
    { name: "width", rows: rows(1) },
    { name: "asymmetry", rows: rows(-1) },
  ], { model: "toy" });
  const texts = drawnTexts(figure);
  for (
    const text of [
      "width",
      "asymmetry",
      "copying",
      "recall",
      "levels",
      "changes",
      "1.00",
      "−1.00",
      "–",
    ]
  ) {
    assert.ok(texts.includes(text), text);
  }
});

Deno.test("correlationMapFigure() keeps long names of scores whole", () => {
  const long = scores.map((score) => ({
    ...score,
    metric: `${score.metric} at the end of a line`,
  }));
  const table = correlationTable(steps.map((step, i) => ({ step, E: i })), long, { draws: 10 });
  assert.deepEqual(
    textFaults(correlationMapFigure([{ name: "E", rows: table }], { model: "toy" })),
    [],
  );
});

Deno.test("correlationMapFigure() refuses to draw nothing", () => {
  const flat = correlationTable(steps.map((step) => ({ step, E: 1 })), scores, { draws: 10 });
  assert.throws(() => correlationMapFigure([], { model: "toy" }), /toy has no correlation to draw/);
  assert.throws(
    () => correlationMapFigure([{ name: "E", rows: flat }], { model: "toy" }),
    /^RangeError: toy has no correlation to draw/,
  );
});
