import assert from "node:assert/strict";
import { radarFigure } from "../../../lib/figures/emergence/radar.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { emergenceRow } from "../tables.ts";

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
