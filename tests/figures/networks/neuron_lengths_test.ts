import assert from "node:assert/strict";
import { neuronLengthsFigure } from "../../../lib/figures/networks/neuron_lengths.ts";
import { drawnTexts } from "../drawn_texts.ts";

const neuron = "neuron 7 of block 1's input";

Deno.test("neuronLengthsFigure() counts the edges longer than 1 and not longer than the threshold", () => {
  const figure = neuronLengthsFigure([0.5, 1, 1.5, 150, 151], { neuron, threshold: 150 });
  assert.match(
    figure.caption,
    /2 of its 5 edges are longer than 1 and not longer than the threshold 150/,
  );
  const texts = drawnTexts(figure);
  assert.ok(texts.includes(`How far ${neuron} is from the neurons it feeds`));
  assert.ok(texts.includes("threshold 150"));
  assert.ok(texts.includes("edge length d = 1/|w| (logarithmic) →"));
});

Deno.test("neuronLengthsFigure() has a bar for each eighth of a decade with lengths, as high as their number", () => {
  const { svg } = neuronLengthsFigure([11, 12, 12.5, 90], { neuron, threshold: 150 });
  const bars = [...svg.matchAll(/<rect [^>]*?width="([\d.]+)" height="([\d.]+)"/g)];
  const heights = bars.map(([, , height]) => Number(height)).filter((height) => height > 5);
  assert.equal(heights.length, 2);
  // Bars are inset by half a pixel on every side.
  assert.ok(Math.abs((heights[0]! + 1) / (heights[1]! + 1) - 3) < 0.01, `${heights}`);
});

Deno.test("neuronLengthsFigure() writes the threshold on the side of its line that has room", () => {
  const anchor = (threshold: number) =>
    neuronLengthsFigure([5, 20, 300], { neuron, threshold }).svg
      .match(/text-anchor="(\w+)"[^>]*><text[^>]*>threshold/)?.[1] ?? "none";
  assert.equal(anchor(300), "end");
  assert.equal(anchor(1000), "end");
  assert.equal(anchor(6), "start");
  assert.equal(anchor(2), "start");
});

Deno.test("neuronLengthsFigure() draws the same bytes twice", () => {
  const draw = () => neuronLengthsFigure([3, 12, 400], { neuron, threshold: 150 }).svg;
  assert.equal(draw(), draw());
});

Deno.test("neuronLengthsFigure() refuses a neuron without an edge", () => {
  assert.throws(
    () => neuronLengthsFigure([], { neuron, threshold: 150 }),
    /neuron 7 of block 1's input has no edge to draw; choose another one/,
  );
});
