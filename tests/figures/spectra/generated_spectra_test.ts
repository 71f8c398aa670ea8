import assert from "node:assert/strict";
import { generatedSpectraFigure } from "../../../lib/figures/spectra/generated_spectra.ts";
import { multifractalSpectrum } from "../../../lib/multifractal/multifractal_spectrum.ts";
import { cantorNetwork } from "../../../lib/networks/cantor_network.ts";
import { generatedNetwork } from "../../../lib/networks/generated_network.ts";
import { growBoxes } from "../../../lib/networks/grow_boxes.ts";
import { drawnTexts } from "../drawn_texts.ts";

function measured(name: string, dimensions: readonly number[]) {
  const kinds = dimensions.map((dimension) => ({ dimension, neurons: 10 }));
  const generated = { kinds, edges: 500 };
  const spectrum = multifractalSpectrum(growBoxes(generatedNetwork(generated)));
  if (spectrum.status !== "ok") throw new Error(spectrum.reason);
  return { name, generated, measured: spectrum };
}

const networks = [measured("one kind", [1]), measured("two kinds", [0.5, 1.5])];

Deno.test("generatedSpectraFigure() names each network with its alpha_0 and its width", () => {
  const texts = drawnTexts(generatedSpectraFigure(networks, { title: "Kinds" }));
  for (const { name, measured: { alpha0, width } } of networks) {
    assert.ok(texts.includes(name), name);
    assert.ok(texts.includes(`α₀ ${alpha0.toFixed(2)}, width ${width.toFixed(2)}`), name);
  }
  assert.ok(texts.includes("Kinds"));
});

Deno.test("generatedSpectraFigure() draws the known spectrum dashed beside each measured one", () => {
  const { svg } = generatedSpectraFigure(networks, { title: "Kinds" });
  const curves = [...svg.matchAll(/<g aria-label="line"[^>]*>/g)].map(([group]) => group);
  assert.equal(curves.length, 4);
  assert.equal(curves.filter((group) => group.includes('stroke-dasharray="4,3"')).length, 2);
});

Deno.test("generatedSpectraFigure() draws the known spectrum of a Cantor set, and none where none is known", () => {
  const cantor = { generator: [1, 0, 2], depth: 4, lengths: "tree" } as const;
  const spectrum = multifractalSpectrum(growBoxes(cantorNetwork(cantor), { threshold: 162 }));
  if (spectrum.status !== "ok") throw new Error(spectrum.reason);
  const dashes = (own: object) => {
    const figure = generatedSpectraFigure([{ name: "a set", measured: spectrum, ...own }], {
      title: "Sets",
    });
    const texts = drawnTexts(figure).join(" ");
    assert.equal(texts.includes("dashed and hollow known"), "cantor" in own);
    assert.ok(texts.includes("α₀ 0.68, width 0.49"), texts);
    return [...figure.svg.matchAll(/<g aria-label="line"[^>]*stroke-dasharray/g)].length;
  };
  assert.deepEqual([dashes({ cantor }), dashes({})], [1, 0]);
});

Deno.test("generatedSpectraFigure() draws the same bytes twice, and refuses to draw nothing", () => {
  const draw = () => generatedSpectraFigure(networks, { title: "Kinds" }).svg;
  assert.equal(draw(), draw());
  assert.throws(() => generatedSpectraFigure([], { title: "Kinds" }), /no network to draw/);
});
