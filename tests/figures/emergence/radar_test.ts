import assert from "node:assert/strict";
import { radarFigure, radarSpokes } from "../../../lib/figures/emergence/radar.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { emergenceRow } from "../tables.ts";
import { textFaults } from "../text_faults.ts";

const emergence = [emergenceRow(0, 0), emergenceRow(64, 0.2), emergenceRow(2048, 0.1)];
const metrics = ["copying", "sorting", "recall"];
const scores = metrics.flatMap((metric, i) =>
  [0, 64, 2048].map((step) => ({ step, metric, value: step / 2048, stderr: 0.02 * i }))
);
const draw = (steps: number[]) => radarFigure(emergence, { model: "nano-8", scores, steps });

Deno.test("radarFigure() names each spoke with its range and each step in its colour", () => {
  const figure = draw([0, 64]);
  const texts = drawnTexts(figure);
  for (const text of ["step 0", "step 64"]) assert.ok(texts.includes(text), text);
  for (const name of ["E", ...metrics]) assert.ok(figure.svg.includes(`>${name}<`), name);
  assert.match(figure.svg, /0\.00 to 0\.20/);
  assert.match(figure.caption, /smallest and the outer ring its largest value over all steps/);
  assert.equal(texts.includes("step 2,048"), false);
});

Deno.test("radarFigure() closes one line for each ring and step", () => {
  const closed = (steps: number[]) => [...draw(steps).svg.matchAll(/ d="M[^"]*Z"/g)].length;
  assert.equal(closed([64]), 4 + 1);
  assert.equal(closed([0, 64, 2048]), 4 + 3);
});

Deno.test("radarFigure() draws the outermost ring round: all of its corners are as far from the centre", () => {
  const rings = [...draw([64]).svg.matchAll(/ d="M([^"Z]*)Z"/g)].slice(0, 4).map(([, path]) =>
    path!.split("L").map((place) => place.split(",").map(Number) as [number, number])
  );
  const [right, up] = [rings[3]![1]![0] - rings[3]![3]![0], rings[3]![2]![1] - rings[3]![0]![1]];
  assert.ok(Math.abs(right - up) < 0.01 && right > 280, `${right} ${up}`);
});

Deno.test("radarFigure() refuses a step that was not analysed, and draws the same bytes twice", () => {
  assert.throws(() => draw([0, 63]), /step 63 of nano-8 has no E; steps with one: 0, 64, 2048/);
  assert.equal(draw([0, 64]).svg, draw([0, 64]).svg);
});

Deno.test("radarFigure() leaves room for long names, broken at their stroke", () => {
  const long = ["lambada_openai/acc", "piqa/acc_norm", "hendrycksTest/acc"].flatMap((metric) =>
    [0, 64].map((step) => ({ step, metric, value: step / 64, stderr: 0 }))
  );
  const { svg } = radarFigure(emergence, { model: "nano-8", scores: long, steps: [0, 64] });
  assert.match(svg, />hendrycksTest\/</);
  const label = svg.match(/translate\(([\d.]+),[\d.]+\)">[^/]*<tspan[^>]*>hendrycksTest\//);
  assert.ok(Number(label?.[1]) - 18 > 7 * "hendrycksTest/".length, svg);
});

const score = (metric: string, step: number, value: number) => ({
  ...{ metric, step, value, stderr: 0.1 },
});
const table = [emergenceRow(0, 0), emergenceRow(4, -0.3), emergenceRow(64, 0.1)];
const values = [score("copying", 0, 0.2), score("copying", 4, 0.4), score("copying", 64, 1)];

/** Readings rounded to thousandths. */
function rounded(readings: ReadonlyMap<number, object>) {
  const round = (_: string, value: unknown) =>
    typeof value === "number" ? Math.round(1000 * value) / 1000 : value;
  return JSON.parse(JSON.stringify([...readings], round));
}

Deno.test("each spoke runs from its smallest to its largest value over all steps, not just those drawn", () => {
  const [E, copying] = radarSpokes("nano-8", table, values, [0, 64]);
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
  const refused = (steps: number[], rows = table) => () =>
    radarSpokes("nano-8", rows, values, steps);
  assert.throws(
    refused([0, 3]),
    /^RangeError: step 3 of nano-8 has no E; steps with one: 0, 4, 64$/,
  );
  assert.throws(refused([128], [...table, emergenceRow(128, 0.2)]), {
    message: "step 128 of nano-8 has no copying; steps with one: 0, 4, 64",
  });
  assert.throws(
    refused([4], [emergenceRow(0, 0), emergenceRow(4, NaN)]),
    /step 4 of nano-8 has no E/,
  );
  assert.throws(refused([]), /no step of nano-8 to draw; pass at least one/);
  assert.throws(() => radarSpokes("nano-8", table, [], [0]), /nano-8 has no score to draw E/);
});

Deno.test("what never changes stays at the centre and says so", () => {
  const constant = [0, 4, 64].map((step) => score("recall", step, 0.5));
  const [, recall] = radarSpokes("nano-8", table, constant, [0, 64]);
  assert.equal(recall!.range, "always 0.50");
  assert.ok([...recall!.readings.values()].every(({ radius }) => radius === 0));
});

Deno.test("an E without an interval is drawn without a bar", () => {
  const rows = table.map((row) => ({ ...row, eLow: NaN, eHigh: NaN }));
  const [E] = radarSpokes("nano-8", rows, values, [0]);
  const { radius, low, high } = E!.readings.get(0)!;
  assert.deepEqual([low, high], [radius, radius]);
});

Deno.test("a score of which less is better is turned, so that outwards is always better", () => {
  const loss = [[0, 4], [4, 3], [64, 1]].map(([step, value]) =>
    score("held_out_loss", step!, value!)
  );
  const [, spoke] = radarSpokes("nano-8", table, loss, [0, 64]);
  assert.equal(spoke!.range, "4.00 to 1.00");
  assert.deepEqual([0, 64].map((step) => spoke!.readings.get(step)!.radius), [0, 1]);
  const { low, high } = spoke!.readings.get(64)!;
  assert.ok(low < 1 && high > 1);
  const figure = radarFigure(table, { model: "nano-8", scores: loss, steps: [0, 64] });
  assert.match(figure.caption, /Where less is better the centre is the largest value/);
});

Deno.test("a score without a standard error is drawn without a bar, which the caption says", () => {
  const unknown = values.map((one) => ({ ...one, stderr: null }));
  const [, spoke] = radarSpokes("nano-8", table, unknown, [0]);
  const { radius, low, high } = spoke!.readings.get(0)!;
  assert.deepEqual([low, high], [radius, radius]);
  const figure = radarFigure(table, { model: "nano-8", scores: unknown, steps: [0] });
  assert.match(figure.caption, /of E, scores without a bar, since no standard error is known\./);
});

Deno.test("radarFigure() numbers spokes that are many or have long names, and keys them below", () => {
  const long = Array.from({ length: 12 }, (_, i) => `hendrycksTest-high_school_history_${i}/acc`)
    .flatMap((metric) => [0, 64].map((step) => score(metric, step, step * 50_000)));
  const figure = radarFigure(emergence, { model: "nano-8", scores: long, steps: [0, 64] });
  const texts = drawnTexts(figure);
  assert.ok(texts.includes("13") && texts.includes("1 E: 0.00 to 0.20"));
  assert.equal(texts.filter((text) => /^\d+ hendrycks.*: 0\.00 to 3\.2M$/.test(text)).length, 12);
  assert.deepEqual(textFaults(figure), []);
  const many = Array.from({ length: 24 }, (_, i) => score(`m${i}`, 0, 1));
  assert.throws(
    () => radarFigure(emergence, { model: "nano-8", scores: many, steps: [0] }),
    /a radar has room for 23 metrics, but nano-8 has 24; choose some/,
  );
});
