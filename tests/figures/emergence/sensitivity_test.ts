import assert from "node:assert/strict";
import type { SensitivityRow } from "../../../lib/emergence/sensitivity.ts";
import { sensitivityFigure } from "../../../lib/figures/emergence/sensitivity.ts";
import { drawnTexts } from "../drawn_texts.ts";

const row = (value: string, step: number, E: number, spread = 0.01): SensitivityRow => ({
  ...{ option: "threshold", value, threshold: value === "150" ? 150 : 20.21, step, E },
  ...{ eLow: E - spread, eHigh: E + spread, width: 1, alpha0: 1, r2Least: 0.9, r2Median: 0.9 },
  ...{ radii: 9, nodesKept: 9, samplesKept: 2, status: "ok" },
});
const rows = [
  ...[row("1 median", 0, 0, 0), row("1 median", 64, 0.12), row("1 median", 512, 0.2)],
  ...[row("150", 0, 0, 0), row("150", 64, 0.03, 0.05), row("150", 512, -0.17)],
];

Deno.test("sensitivityFigure() has a cell for each value and step after 0, medians with their length", () => {
  const texts = drawnTexts(sensitivityFigure(rows, { model: "toy" }));
  for (
    const text of [
      ...["toy: E over training, by threshold", "1 median = 20.2", "150", "64", "512"],
      ...[".12", ".20", ".03", "−.17", "↑ threshold"],
    ]
  ) assert.ok(texts.includes(text), text);
  assert.ok(!texts.includes(".00") && !texts.includes("0"), "step 0 is left out");
});

Deno.test("sensitivityFigure() draws the sign change and greys what may be 0", () => {
  const { svg } = sensitivityFigure(rows);
  assert.equal(
    svg.match(/stroke-width="2"/g)!.length,
    2,
    "to the left and below the one negative cell",
  );
  assert.match(svg, /<text[^>]*fill="#757575"[^>]*>\.03</);
  assert.doesNotMatch(svg, /<text[^>]*fill="#757575"[^>]*>\.12</);
});

Deno.test("sensitivityFigure() shows where there is no E, and says how often", () => {
  const figure = sensitivityFigure([...rows, row("151", 64, NaN), row("151", 512, 0.1)]);
  assert.match(figure.caption, /Grey cells \(1\): no E/);
  assert.ok(drawnTexts(figure).includes("–"));
  assert.doesNotMatch(figure.svg, /NaN/);
  assert.doesNotMatch(sensitivityFigure(rows).caption, /Grey cells/);
});

Deno.test("sensitivityFigure() draws the option asked for and names it in words", () => {
  const digits = rows.map((row) => ({
    ...row,
    option: "minimumEdges",
    value: row.value === "150" ? "10" : "30",
  }));
  const figure = sensitivityFigure([...rows, ...digits], { option: "minimumEdges" });
  assert.equal(figure.name, "sensitivity_minimum_edges");
  const texts = drawnTexts(figure);
  assert.ok(
    texts.includes("↑ least number of edges") && texts.includes("30") && !texts.includes("150"),
  );
});

Deno.test("sensitivityFigure() draws the only option of a table unasked, and thresholds among several", () => {
  const digits = rows.map((row) => ({ ...row, option: "digits", value: row.value.slice(0, 1) }));
  assert.equal(sensitivityFigure(digits).name, "sensitivity_digits");
  assert.equal(sensitivityFigure([...digits, ...rows]).name, "sensitivity_threshold");
});

Deno.test("sensitivityFigure() draws the same bytes twice, and refuses what has no E", () => {
  assert.equal(sensitivityFigure(rows).svg, sensitivityFigure(rows).svg);
  assert.throws(
    () => sensitivityFigure(rows, { option: "q" }),
    /under values of "q" .* has threshold/,
  );
  assert.throws(() => sensitivityFigure([]), /the table has no option/);
  assert.throws(
    () => sensitivityFigure([row("150", 0, 0), row("150", 1, NaN)]),
    /no E under values/,
  );
});
