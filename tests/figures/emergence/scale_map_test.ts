import assert from "node:assert/strict";
import { scaleMapFigure } from "../../../lib/figures/emergence/scale_map.ts";
import { drawnTexts } from "../drawn_texts.ts";

const row = (threshold: number, scale: number, E: number) => (
  { threshold, scale, E, alpha0: 1, width: 1, status: Number.isNaN(E) ? "why" : "ok" }
);
const rows = [row(20, 0.5, NaN), row(20, 1, 0), row(20, 2, 0.3)];
rows.push(row(80, 0.5, -0.3), row(80, 1, 0), row(80, 2, 0.3));

Deno.test("scaleMapFigure() has a cell for each row, thresholds in medians, and says what is missing", () => {
  const figure = scaleMapFigure(rows, { shape: "toy", medianLength: 20 });
  const cells = figure.svg.match(/<g aria-label="rect"[^>]*>(.*?)<\/g>/s)![1]!;
  assert.equal(cells.match(/<rect/g)!.length, 6);
  // The E of 0.3 and of −0.3 have the colours of one distance from the middle, and the missing one is grey.
  const fills = [...cells.matchAll(/fill="([^"]+)"/g)].map(([, fill]) => fill);
  assert.equal(fills[0], "#ddd");
  assert.equal(fills[1], fills[4]);
  assert.equal(fills[2], fills[5]);
  assert.notEqual(fills[3], fills[5]);
  const texts = drawnTexts(figure);
  for (const tick of ["0.5", "1", "2"]) assert.ok(texts.includes(tick), tick);
  assert.match(figure.caption, /Grey: none \(1\), since too few edges count/);
  assert.doesNotMatch(figure.caption, /Lines: models/);
});

Deno.test("paths have a dot for each step in the colours of the map, and names that stand apart", () => {
  const points = [{ scale: 1, E: 0 }, { scale: 2, E: 0.3 }, { scale: 1.5, E: NaN }];
  const paths = ["one", "other"].map((name) => ({ name, medians: 2, points }));
  const figure = scaleMapFigure(rows, { shape: "toy", medianLength: 20, paths });
  const dots = figure.svg.match(/<g aria-label="dot"[^>]*>(.*?)<\/g>/s)![1]!;
  assert.equal(dots.match(/<circle/g)!.length, 4);
  const cells = figure.svg.match(/<g aria-label="rect"[^>]*>(.*?)<\/g>/s)![1]!;
  const [, , large] = [...cells.matchAll(/fill="([^"]+)"/g)].map(([, fill]) => fill);
  assert.ok(dots.includes(large!));
  assert.deepEqual(drawnTexts(figure).filter((text) => ["one", "other"].includes(text)).length, 2);
});

Deno.test("a map without an E is refused", () => {
  assert.throws(
    () => scaleMapFigure([row(20, 0.5, NaN)], { shape: "toy", medianLength: 20 }),
    /no scale and threshold has an E to draw/,
  );
});
