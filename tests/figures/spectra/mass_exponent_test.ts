import assert from "node:assert/strict";
import { massExponentFigure } from "../../../lib/figures/spectra/mass_exponent.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { spectrumRows } from "../tables.ts";

const rows = [...spectrumRows(0, 0, 0.25), ...spectrumRows(143000, 0, 0.75)];

Deno.test("massExponentFigure() names the steps and the axes of its three panels", () => {
  const texts = drawnTexts(massExponentFigure(rows, [0, 143000]));
  for (const text of ["step 0", "step 143,000", "↑ τ(q)", "↑ τ(q) above its chord", "↑ r²"]) {
    assert.equal(texts.filter((drawn) => drawn === text).length, 1, text);
  }
  assert.ok(texts.includes("order q →"));
});

Deno.test("massExponentFigure() shows by how much tau bends above the line between its ends", () => {
  // At q = 0 a tau of −1 − b, 0, 1 − b lies b above its chord; the largest b is the top of the axis.
  const axis = (bend: number) => drawnTexts(massExponentFigure(spectrumRows(0, 0, bend), [0]));
  assert.ok(axis(0.5).includes("0.5"));
  assert.ok(axis(2).includes("2.0"));
});

Deno.test("massExponentFigure() draws a band where samples differ, and says so", () => {
  const two = [...spectrumRows(0, 0, 0), ...spectrumRows(0, 1, 0.5)];
  const figure = massExponentFigure(two, [0], { model: "toy" });
  assert.match(figure.svg, /toy: the mass exponent/);
  assert.match(figure.caption, /bands: from the least to the largest of the samples/);
  // From 0 above the chord of the straight sample to 0.5 above that of the bent one: the whole axis.
  const band = figure.svg.match(/<g aria-label="area"[^>]*><path d="M([^"]*)Z"/)![1]!;
  const heights = band.split("L").map((place) => Number(place.split(",")[1]));
  assert.ok(Math.max(...heights) - Math.min(...heights) > 150, band);
  assert.doesNotMatch(massExponentFigure(rows, [143000]).caption, /bands/);
});

Deno.test("massExponentFigure() draws the same bytes twice, and refuses a step that is not there", () => {
  const draw = () => massExponentFigure(rows, [0]).svg;
  assert.equal(draw(), draw());
  assert.throws(() => massExponentFigure(rows, [7]), /step 7 has no spectrum .* steps: 0, 143000/);
});
