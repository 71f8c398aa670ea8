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

Deno.test("emergenceOfSamplesFigure() compares samples itself", () => {
  const samples = [[0.8, 0.4], [0.4, 0.8]].map(([alpha0, width], sample) => (
    { step: 0, sample, alpha0: alpha0!, width: width!, status: "ok" }
  ));
  const draw = (own: object) => emergenceOfSamplesFigure([{ name: "toy", ...own }]).svg;
  assert.equal(draw({ samples }), draw({ values: [0, 2 * Math.log(2)] }));
});

Deno.test("emergenceOfSamplesFigure() refuses to draw nothing, or a checkpoint with one E", () => {
  assert.throws(() => emergenceOfSamplesFigure([]), /no checkpoint to draw; give one at least/);
  assert.throws(
    () => emergenceOfSamplesFigure([{ name: "toy", values: [0, null] }]),
    /^RangeError: toy has 1 samples with an E to draw; two are needed at least/,
  );
});
