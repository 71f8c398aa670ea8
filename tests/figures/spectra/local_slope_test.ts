import assert from "node:assert/strict";
import { localSlopeFigure } from "../../../lib/figures/spectra/local_slope.ts";
import { drawnTexts } from "../drawn_texts.ts";

const slopes = [-1, 2].flatMap((q) =>
  [2, 4, 10, 50, 100].map((radius, i) => (
    { q, radius, slope: q * (i < 3 ? 1 : 0.2), stderr: 0, points: 3 }
  ))
);

Deno.test("localSlopeFigure() names every order with its widest scaling range", () => {
  const figure = localSlopeFigure(slopes, { of: "toy at step 8" });
  const texts = drawnTexts(figure);
  for (
    const text of ["q = −1: r 2 to 10", "q = 2: r 2 to 10", "5", "20", "radius r (logarithmic) →"]
  ) {
    assert.ok(texts.includes(text), text);
  }
  assert.match(texts[0]!, /Is there a power law in toy at step 8\?/);
  assert.match(figure.caption, /by more than 10 %.* spans a factor of 5\.0, all radii 50\./);
  assert.equal(figure.svg.match(/stroke-width="5"/g)!.length, 2);
});

Deno.test("localSlopeFigure() draws tau of the orders it has, dashed", () => {
  const dashes = (exponent?: { q: Float64Array; tau: Float64Array }) =>
    localSlopeFigure(slopes, exponent && { exponent }).svg.match(/stroke-dasharray/g)?.length ?? 0;
  assert.equal(dashes(), 0);
  assert.equal(dashes({ q: Float64Array.of(0, 2), tau: Float64Array.of(0, 1) }), 1);
});

Deno.test("localSlopeFigure() follows the tolerance and refuses an empty table", () => {
  assert.match(localSlopeFigure(slopes, { tolerance: 0.9 }).caption, /more than 90 %.* 50\.0, all/);
  assert.throws(() => localSlopeFigure([]), /no local slope to draw/);
});
