import assert from "node:assert/strict";
import { correlationTable } from "../../../lib/correlations/correlation_table.ts";
import { correlatedQuantitiesFigure } from "../../../lib/figures/emergence/correlated_quantities.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { textFaults } from "../text_faults.ts";

const steps = [0, 1, 2, 4, 8, 16, 32];
const rows = (metrics: string[], sign = 1) =>
  correlationTable(
    steps.map((step, i) => ({ step, E: sign * (i + (i % 2)) })),
    metrics.flatMap((metric) => steps.map((step, i) => ({ step, metric, value: i * i }))),
    { draws: 10, permutations: 10 },
  );
const draw = (...quantities: { name: string; rows: ReturnType<typeof rows> }[]) =>
  correlatedQuantitiesFigure(quantities, { model: "toy" });

Deno.test("correlatedQuantitiesFigure() names each quantity and metric once, and the three ways", () => {
  const metrics = ["copying", "sorting"];
  const texts = drawnTexts(
    draw({ name: "E", rows: rows(metrics) }, { name: "norm", rows: rows(metrics) }),
  );
  for (const text of ["E", "norm", ...metrics, "levels", "changes", "time taken out"]) {
    assert.equal(texts.filter((t) => t === text).length, 1, text);
  }
});

Deno.test("correlatedQuantitiesFigure() draws a fall as it draws a rise", () => {
  const [up, down] = [1, -1].map((sign) => draw({ name: "E", rows: rows(["copying"], sign) }).svg);
  assert.equal(up, down);
});

Deno.test("correlatedQuantitiesFigure() leaves out what has no correlation", () => {
  const none = correlationTable(
    steps.map((step) => ({ step, E: 1 })),
    steps.map((step, i) => ({ step, metric: "copying", value: i })),
  );
  assert.doesNotMatch(draw({ name: "E", rows: none }).svg, /NaN|undefined/);
});

Deno.test("correlatedQuantitiesFigure() refuses nothing, a quantity that comes twice, and other metrics", () => {
  assert.throws(() => draw(), /no quantity to draw/);
  const one = { name: "E", rows: rows(["copying"]) };
  assert.throws(() => draw(one, one), /E comes twice/);
  assert.throws(
    () => draw(one, { name: "norm", rows: rows(["sorting"]) }),
    /norm has no correlation with copying/,
  );
  assert.throws(() => draw({ name: "E", rows: [] }), /E has 0 metrics to draw; give from 1 to 21/);
});

Deno.test("correlatedQuantitiesFigure() tells twelve metrics apart by colour and shape, and names all", () => {
  const metrics = Array.from({ length: 12 }, (_, i) => `benchmark_${i}/acc_norm`);
  const figure = draw({ name: "E", rows: rows(metrics) });
  const texts = drawnTexts(figure);
  for (const metric of metrics) assert.ok(texts.includes(metric), metric);
  const seven = draw({ name: "E", rows: rows(metrics.slice(0, 2)) });
  assert.ok(figure.height > seven.height, "the key takes several lines");
  assert.equal(figure.width, seven.width, "and stays inside the figure");
  const marks = [...figure.svg.matchAll(/<path [^>]*d="(\S{1,12})[^>]*fill="(#\w+)"/g)]
    .map(([, shape, color]) => `${color} ${shape}`);
  assert.equal(new Set(marks).size, 12);
  assert.deepEqual(textFaults(figure), []);
});

Deno.test("correlatedQuantitiesFigure() says how many steps only one of the two has", () => {
  const all = [0, 1, 2, 4, 8, 16, 32, 64];
  const rows = correlationTable(
    all.map((step, i) => ({ step, E: i + (i % 2) })),
    all.slice(1).map((step, i) => ({ step, metric: "copying", value: i })),
    { draws: 20, permutations: 10 },
  );
  const { caption } = correlatedQuantitiesFigure([{ name: "E", rows }], { model: "toy" });
  assert.match(caption, /Steps left out, at which only one of the two was measured: 1\. Intervals/);
});
