import assert from "node:assert/strict";
import { neuronBoxesFigure } from "../../../lib/figures/networks/neuron_boxes.ts";
import { drawnTexts } from "../drawn_texts.ts";

const lengths = [0.5, 1, 3, 9.6, 10.5, 12, 40];
const options = { neuron: "neuron 7", radii: [4, 10, 20] };

Deno.test("neuronBoxesFigure() counts edges longer than 1 by their rounded length", () => {
  const figure = neuronBoxesFigure(lengths, options);
  // 9.6 and 10.5 both round to 10, halves going to the even neighbour.
  assert.match(figure.caption, /mass 2 within radius 4, 4 within 10, 5 within 20/);
  assert.match(figure.caption, /1 of its 5 edges lead further out/);
  const texts = drawnTexts(figure);
  assert.ok(texts.includes("Boxes grow around neuron 7"));
  assert.ok(texts.includes("r = 10: mass 4"));
});

Deno.test("neuronBoxesFigure() draws a dot for each edge inside, as far from the middle as it is long", () => {
  const { svg } = neuronBoxesFigure(lengths, options);
  const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="(\d)"/g)]
    .map(([, x, y, r]) => [Number(x), Number(y), Number(r)] as const);
  const [middle] = dots.filter(([, , r]) => r === 6);
  const far = dots.filter(([, , r]) => r === 3)
    .map(([x, y]) => Math.hypot(x - middle![0], y - middle![1]));
  assert.equal(far.length, 4);
  for (const [i, length] of [3, 9.6, 10.5, 12].entries()) {
    assert.ok(Math.abs(far[i]! / far[0]! - length / 3) < 0.01, `${far}`);
  }
});

Deno.test("neuronBoxesFigure() draws the same bytes twice, and refuses empty boxes and radii out of order", () => {
  assert.equal(neuronBoxesFigure(lengths, options).svg, neuronBoxesFigure(lengths, options).svg);
  assert.throws(
    () => neuronBoxesFigure([40, 50], options),
    /neuron 7 has no edge within the largest radius 20; raise it/,
  );
  for (const radii of [[], [10, 4], [0, 4], [4, NaN]]) {
    assert.throws(
      () => neuronBoxesFigure(lengths, { ...options, radii }),
      /radii must ascend from 1, but they are/,
    );
  }
});
