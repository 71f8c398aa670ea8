import assert from "node:assert/strict";
import type { GroupEmergenceRow } from "../../../lib/emergence/emergence_by_group.ts";
import { emergenceByGroupFigure } from "../../../lib/figures/emergence/emergence_by_group.ts";
import { drawnTexts } from "../drawn_texts.ts";

const row = (group: string, step: number, E: number): GroupEmergenceRow => ({
  ...{ group, step, E, eLow: E, eHigh: E, alpha0: 2 - E, width: 3 + E, samplesKept: 2 },
  ...{ status: "ok", nfdMean: 4 + E, nodesKept: 9, r2Least: 0.9, r2Median: 0.9 },
});
const rows = [
  ...[row("block 0", 0, 0), row("block 0", 64, 0.1), row("block 0", 512, 0.25)],
  ...[row("block 1", 0, 0), row("block 1", 64, 0.15), row("block 1", 512, -0.3)],
  ...[row("block 2", 0, NaN), row("block 2", 64, NaN), row("block 2", 512, NaN)],
];
const onset = (metric: string, step: number | null) => ({
  metric,
  step,
  first: 0,
  last: 1,
  status: "ok",
});

Deno.test("emergenceByGroupFigure() has a map for each measure with every group's values", () => {
  const figure = emergenceByGroupFigure(rows, { model: "toy" });
  const texts = drawnTexts(figure);
  for (
    const text of [
      ...["↑ degree of emergence E", "↑ width (heterogeneity)", "↑ mean node fractal dimension"],
      ...["block 0", "block 1", "−.30", ".25", "3.25", "1.75", "2.30", "3.70", "512"],
      ...["E", "ln(value / value at step 0)", "toy: every part of the network by itself"],
    ]
  ) assert.ok(texts.includes(text), text);
  assert.ok(!texts.includes("block 2"));
  assert.match(figure.caption, /Not drawn, without a spectrum: block 2\./);
  assert.equal(figure.svg.match(/stroke-width="2"/g)!.length, 2, "the sign changes left and below");
});

Deno.test("emergenceByGroupFigure() draws onsets before their step and names them once, together where they are", () => {
  const onsets = [
    onset("copying", 512),
    onset("sorting", 512),
    onset("recall", 50),
    onset("addition", null),
  ];
  const figure = emergenceByGroupFigure(rows, { onsets, measures: ["E", "width"] });
  const texts = drawnTexts(figure);
  assert.equal(texts.filter((text) => text === "copying, sorting").length, 1);
  assert.equal(
    texts.filter((text) => text === "recall").length,
    1,
    "before the first step that is not earlier",
  );
  assert.ok(!texts.some((text) => text.includes("addition")));
  assert.equal(figure.svg.match(/stroke-dasharray/g)!.length, 4);
  assert.match(figure.caption, /Dashed lines/);
  assert.doesNotMatch(emergenceByGroupFigure(rows).caption, /Dashed/);
});

Deno.test("emergenceByGroupFigure() draws the measures asked for and shows what is missing", () => {
  const holes = rows.map((row) => row.step === 64 ? { ...row, nfdMean: null } : row);
  const figure = emergenceByGroupFigure(holes, { measures: ["nfdMean"] });
  const texts = drawnTexts(figure);
  assert.ok(!texts.includes("↑ degree of emergence E"));
  assert.equal(texts.filter((text) => text === "–").length, 2);
  assert.doesNotMatch(figure.svg, /NaN/);
});

Deno.test("emergenceByGroupFigure() draws the same bytes twice, and refuses what it can't draw", () => {
  assert.equal(emergenceByGroupFigure(rows).svg, emergenceByGroupFigure(rows).svg);
  assert.throws(() => emergenceByGroupFigure(rows.slice(6)), /no group has a step with an E/);
  assert.throws(() => emergenceByGroupFigure(rows, { measures: [] }), /no measure to draw/);
});
