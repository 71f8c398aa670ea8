import assert from "node:assert/strict";
import { type BaselineRow, BASELINES } from "../../../lib/emergence/baselines/baseline_row.ts";
import { baselinesFigure } from "../../../lib/figures/emergence/baselines.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { emergenceRow } from "../tables.ts";

const row = (step: number, matrix: string, change: Partial<BaselineRow> = {}): BaselineRow => ({
  ...{ step, matrix, role: matrix, block: null, edges: 100, status: "ok" },
  ...{ meanWeightedDegree: 2 + step, frobeniusNorm: 3 + step, distanceFromStep0: step },
  ...{ stableRank: 9 - step / 1000, hillK: 5, hillExponent: 4, hillStderr: 0.1 },
  ...{ lengthEntropy: 5, spectralExponent: 3, spectralStderr: 0.2, spectralXmin: 1 },
  ...{ spectralDistance: 0.1, spectralTail: 20 },
  ...change,
});
const emergence = [0, 16, 1000].map((step) => emergenceRow(step, step / 4000));
const rows = [0, 16, 1000].flatMap((step) =>
  ["a.weight", "b.weight", "network"].map((matrix) => row(step, matrix))
);
const draw = (of = rows) => baselinesFigure(of, { model: "nano-8", emergence });

Deno.test("baselinesFigure() has a panel for E and one for each baseline", () => {
  const texts = drawnTexts(draw());
  for (const label of ["degree of emergence E", ...Object.values(BASELINES)]) {
    assert.ok(texts.includes(`↑ ${label}`), label);
  }
  assert.equal(texts.filter((text) => text === "training step →").length, 2);
});

Deno.test("baselinesFigure() draws single matrices in grey but for sums, and a dot for each step of the network", () => {
  const { svg } = draw();
  const grey = svg.match(/<g[^>]*stroke="#888"[^>]*>.*?<\/g>/gs)!;
  assert.equal(grey.length, Object.keys(BASELINES).length - 2);
  for (const group of grey) assert.equal(group.match(/<path/g)!.length, 2);
  assert.equal(svg.match(/<circle/g)!.length, 3 * (1 + Object.keys(BASELINES).length));
});

Deno.test("baselinesFigure() leaves out a baseline that no step has, and steps that lack one", () => {
  const none = { stableRank: null, spectralExponent: null };
  const texts = drawnTexts(draw(rows.map((one) => ({ ...one, ...none }))));
  assert.ok(!texts.includes("↑ stable rank") && texts.includes("↑ Frobenius norm"));
  const some = draw(rows.map((one) => one.step === 16 ? { ...one, stableRank: null } : one));
  assert.doesNotMatch(some.svg, /NaN/);
  assert.ok(drawnTexts(some).includes("↑ stable rank"));
});

Deno.test("baselinesFigure() refuses tables with nothing to draw", () => {
  assert.throws(
    () => baselinesFigure(rows, { model: "nano-8", emergence: [emergenceRow(0, NaN)] }),
    /nano-8 has no step with an E to draw/,
  );
  assert.throws(
    () => baselinesFigure([row(0, "a.weight")], { model: "nano-8", emergence }),
    /nano-8 has no baseline of the network to draw/,
  );
});
