import assert from "node:assert/strict";
import { emergenceOfSamplesFigure } from "../../../lib/figures/emergence/emergence_of_samples.ts";
import { drawnTexts } from "../drawn_texts.ts";

Deno.test("emergenceOfSamplesFigure() names each checkpoint and sample, and leaves out those without an E", () => {
  const figure = emergenceOfSamplesFigure([
    { name: "nano-64", values: [0, 0.02, null, 0.01] },
    { name: "BERT", values: [0, 0.006, 0.001] },
  ]);
  const texts = drawnTexts(figure);
  for (const text of ["nano-64", "BERT", "r1", "r4"]) assert.ok(texts.includes(text), text);
  assert.equal([...figure.svg.matchAll(/<circle/g)].length, 6);
});

Deno.test("emergenceOfSamplesFigure() refuses to draw nothing, or a checkpoint with one E", () => {
  assert.throws(() => emergenceOfSamplesFigure([]), /no checkpoint to draw; give one at least/);
  assert.throws(
    () => emergenceOfSamplesFigure([{ name: "toy", values: [0, null] }]),
    /^RangeError: toy has 1 samples with an E to draw; two are needed at least/,
  );
});
