import assert from "node:assert/strict";
import { nfdByLayerFigure } from "../../../lib/figures/nfd/nfd_by_layer.ts";
import { drawnTexts } from "../drawn_texts.ts";

const options = { model: "toy", sample: 0 };

function step(step: number, means: Readonly<Record<string, number>>) {
  const nodes = Object.entries(means).flatMap(([layer, mean]) =>
    [mean - 0.1, mean + 0.1].map((nfdValue, nodeId) => (
      { nodeId, layer, role: layer, nfdValue, edges: 32, status: "ok" }
    ))
  );
  const fixed = {
    nodeId: 9,
    layer: "fixed",
    role: "fixed",
    nfdValue: 0,
    edges: 1,
    status: "never",
  };
  return { step, nodes: [...nodes, fixed] };
}

Deno.test("nfdByLayerFigure() has a cell for each layer and step, in the colour of its mean", () => {
  const steps = [step(0, { first: 0.5, second: 1.2 }), step(64, { first: 0.5, second: 0.8 })];
  const figure = nfdByLayerFigure(steps, options);
  const group = figure.svg.match(/<g aria-label="cell"[^>]*>(.*?)<\/g>/s)![1]!;
  const fills = [...group.matchAll(/fill="([^"]+)"/g)].map(([, fill]) => fill);
  assert.equal(fills.length, 4);
  // Viridis: the lowest class is its first colour, the highest its last.
  assert.equal(fills[0], fills[2]);
  assert.equal(new Set(fills).size, 3);
  const texts = drawnTexts(figure);
  for (const text of ["first", "second", "0.500", "0.800", "≤ 0.60", "above"]) {
    assert.ok(texts.includes(text), text);
  }
  assert.ok(!texts.includes("fixed"));
  assert.match(figure.caption, /2 a cell, which have a standard deviation of 0.14/);
});

Deno.test("nfdByLayerFigure() writes the first and the last of many steps, and not all between", () => {
  const steps = Array.from({ length: 25 }, (_, i) => step(1000 * i, { only: 0.5 }));
  const texts = drawnTexts(nfdByLayerFigure(steps, options));
  const labels = texts.filter((text) => /^[\d,]+$/.test(text));
  assert.deepEqual([labels[0], labels.at(-1)], ["0", "24,000"]);
  assert.ok(labels.length <= 10, `${labels}`);
});

Deno.test("nfdByLayerFigure() draws the same bytes twice, and refuses to draw nothing", () => {
  const draw = () => nfdByLayerFigure([step(0, { a: 1 })], options).svg;
  assert.equal(draw(), draw());
  assert.throws(() => nfdByLayerFigure([], options), /toy has no layer/);
  assert.throws(
    () => nfdByLayerFigure([step(0, {})], options),
    /toy has no layer/,
  );
});
