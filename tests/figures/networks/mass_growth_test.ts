import assert from "node:assert/strict";
import { massGrowthFigure } from "../../../lib/figures/networks/mass_growth.ts";
import { generatedNetwork } from "../../../lib/networks/generated_network.ts";
import { growBoxes } from "../../../lib/networks/grow_boxes.ts";
import { drawnTexts } from "../drawn_texts.ts";

function grown(name: string, dimensions: readonly number[], threshold = 150) {
  const kinds = dimensions.map((dimension) => ({ dimension, neurons: 20 }));
  const network = generatedNetwork({ kinds, edges: 200 });
  return { name, network, masses: growBoxes(network, { threshold }) };
}

Deno.test("massGrowthFigure() has a panel for each network, with its name and those of its kinds", () => {
  const figure = massGrowthFigure([grown("one", [1]), grown("two", [0.5, 1.5])]);
  const texts = drawnTexts(figure);
  for (const text of ["one", "two", "D = 1", "D = 0.5", "D = 1.5", "↑ p(r)"]) {
    assert.equal(texts.filter((drawn) => drawn === text).length, 1, text);
  }
});

Deno.test("massGrowthFigure() draws fifteen neurons of a kind at most, each kind in its colour", () => {
  const { svg } = massGrowthFigure([grown("two", [0.5, 1.5])]);
  const lines = [...svg.matchAll(/<path stroke="(#\w+)"[^>]*d="M/g)].map(([, color]) => color);
  assert.equal(lines.filter((color) => color === "#0072B2").length, 15);
  assert.equal(lines.filter((color) => color === "#D55E00").length, 15);
});

Deno.test("massGrowthFigure() draws the same bytes twice, and refuses what has nothing to draw", () => {
  const draw = () => massGrowthFigure([grown("one", [1])]).svg;
  assert.equal(draw(), draw());
  assert.throws(() => massGrowthFigure([]), /no network to draw; give at least one/);
  assert.throws(
    () => massGrowthFigure([grown("short", [1], 5)]),
    /short has no neuron with enough edges to draw; raise the threshold/,
  );
});
