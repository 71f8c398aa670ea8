import assert from "node:assert/strict";
import { spectraOfModelsFigure } from "../../../lib/figures/spectra/spectra_of_models.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { spectrumRows } from "../tables.ts";

const spectra = [0, 64].flatMap((step) => [
  ...spectrumRows(step, 0, 0.25 + step / 256),
  ...spectrumRows(step, 1, 0.5 + step / 256),
]);
const draw = (...models: string[]) =>
  spectraOfModelsFigure("Sizes", models.map((model) => ({ model, spectra })), [0, 64]);

Deno.test("spectraOfModelsFigure() names each model once and the steps once, however many panels", () => {
  for (const models of [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]]) {
    const texts = drawnTexts(draw(...models));
    assert.deepEqual(models.map((model) => texts.filter((text) => text === model).length), [
      ...models.map(() => 1),
    ]);
    assert.equal(texts.filter((text) => text === "step 64").length, 1);
    assert.equal(texts.includes("Lipschitz–Hölder exponent α →"), true);
  }
});

Deno.test("spectraOfModelsFigure() is as wide with two models as with four, and twice as high with four", () => {
  const [two, four] = [draw("a", "b"), draw("a", "b", "c", "d")];
  assert.equal(two.width, four.width);
  assert.equal(four.height - two.height, 270);
});

Deno.test("spectraOfModelsFigure() refuses no model, and a step that one has not", () => {
  assert.throws(() => draw(), /no model to draw/);
  assert.throws(
    () => spectraOfModelsFigure("Sizes", [{ model: "a", spectra }], [7]),
    /step 7 has no spectrum .* steps: 0, 64/,
  );
});
