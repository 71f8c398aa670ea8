import assert from "node:assert/strict";
import { expectedEmergenceFigure } from "../../../lib/figures/emergence/expected_emergence.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { toyEmergence } from "../gallery/toy_run.ts";

const model = (name: string) => {
  const rows = toyEmergence(0.2);
  const expected = rows.map(({ step, alpha0, width, E }, i) => (
    { step, alpha0, width, E: i === 1 ? NaN : E, scale: 1, medianLength: 20, status: "ok" }
  ));
  return { model: name, rows, observed: expected, gaussian: expected };
};

Deno.test("expectedEmergenceFigure() has a panel for each model, with two expectations in each", () => {
  const figure = expectedEmergenceFigure(["a", "b", "c"].map(model), "Ten samples.");
  const texts = drawnTexts(figure);
  for (const name of ["a", "b", "c"]) assert.ok(texts.includes(name), name);
  assert.equal(figure.svg.match(/stroke="#D55E00"/g)!.length, 3);
  assert.match(figure.caption, /in random places.*Ten samples\.$/s);
  // What has no E is left out of the lines, which have a number at every corner.
  assert.doesNotMatch(figure.svg, /NaN/);
});

Deno.test("expectedEmergenceFigure() refuses models that are none or have no E", () => {
  assert.throws(() => expectedEmergenceFigure([]), /there is no model to draw/);
  const none = { ...model("a"), rows: [{ ...toyEmergence(0.2)[0]!, E: NaN }] };
  assert.throws(() => expectedEmergenceFigure([none]), /a has no step with an E to draw/);
});
