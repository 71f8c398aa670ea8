import assert from "node:assert/strict";
import { spectrumFigure } from "../../../lib/figures/spectra/spectrum.ts";
import { multifractalSpectrum } from "../../../lib/multifractal/multifractal_spectrum.ts";
import { drawnTexts } from "../drawn_texts.ts";

const spectrum = multifractalSpectrum({
  radii: Float64Array.of(2, 5, 9),
  counts: Uint32Array.of(6, 6, 7, 3, 12, 8),
  selected: Uint32Array.of(0, 1),
  nodes: 2,
  edges: 27,
});
assert.ok(spectrum.status === "ok");

Deno.test("spectrumFigure() writes alpha_0 and the width at the curve and the evidence below", () => {
  const figure = spectrumFigure(spectrum, { made: "A toy." });
  const texts = drawnTexts(figure);
  assert.ok(texts.includes(`α₀ ${spectrum.alpha0.toFixed(3)}`));
  assert.ok(texts.includes(`width ${spectrum.width.toFixed(3)}`));
  assert.match(
    figure.caption,
    /q from -3 to 3; 2 of 2 neurons have enough edges, 3 radii, .* A toy\.$/,
  );
  assert.equal(figure.svg.match(/<circle/g)?.length, 60, "a dot for each order but the last");
  assert.equal(spectrumFigure(spectrum, { made: "A toy." }).svg, figure.svg);
});

Deno.test("spectrumFigure() draws a spectrum that is a single point", () => {
  const flat = {
    ...spectrum,
    alpha: spectrum.alpha.map(() => 1),
    fAlpha: spectrum.fAlpha.map(() => 0),
  };
  assert.ok(drawnTexts(spectrumFigure({ ...flat, width: 0 })).includes("width 0.000"));
});
