import assert from "node:assert/strict";
import { degreeDistributionFigure } from "../../../lib/figures/networks/degree_distribution.ts";
import { drawnTexts } from "../drawn_texts.ts";

const row = (step: number, role: string) => ({
  ...{ step, role, neurons: 9, mean: 2, deviation: 1, variation: 0.5, low: 1, lowerQuartile: 1.5 },
  ...{ median: 2, upperQuartile: 2.5, high: 3, largest: 4 },
});
const texts = (roles: readonly string[]) =>
  drawnTexts(degreeDistributionFigure(
    [512, 0].flatMap((step) => ["all", ...roles].map((role) => row(step, role))),
    { model: "toy" },
  ));

Deno.test("degreeDistributionFigure() has a panel for all neurons and one for each kind, unless there are many", () => {
  const some = texts(["block input", "attention output"]);
  for (const name of ["all neurons", "block input", "attention output"]) {
    assert.ok(some.includes(name), name);
  }
  const many = texts(Array.from({ length: 9 }, (_, i) => `stage ${i}`));
  assert.ok(many.includes("all neurons") && !many.includes("stage 0"));
});

Deno.test("degreeDistributionFigure() refuses to draw nothing", () => {
  assert.throws(
    () => degreeDistributionFigure([], { model: "toy" }),
    /toy has no weighted degrees/,
  );
});
