import assert from "node:assert/strict";
import { emergenceSurfaceFigure } from "../../../lib/figures/emergence/emergence_surface.ts";
import { modelEmergence } from "../models.ts";
import { textFaults } from "../text_faults.ts";
import { emergenceRow } from "../tables.ts";

const models = [modelEmergence("large", 1e5, 0.2), modelEmergence("small", 1e4, -0.1)];

Deno.test("emergenceSurfaceFigure() draws a ridge a model, the larger one behind, and joins the steps", () => {
  const { svg } = emergenceSurfaceFigure(models);
  const place = (name: string) => svg.indexOf(`>${name}<`);
  assert.ok(place("large") > 0 && place("large") < place("small"));
  assert.equal(svg.match(/stroke-width="0.6"/g)?.length, 3);
  assert.match(svg, />−0.1</);
  assert.equal(emergenceSurfaceFigure(models).svg, svg);
});

Deno.test("emergenceSurfaceFigure() refuses a single model, and models without two steps in common", () => {
  assert.throws(
    () => emergenceSurfaceFigure(models.slice(0, 1)),
    /large alone is a line, not a surface; give two models at least/,
  );
  const other = { model: "other", weights: 10, rows: [emergenceRow(0, 0), emergenceRow(9, 1)] };
  assert.throws(
    () => emergenceSurfaceFigure([models[0]!, other]),
    /the models share 1 steps with an E, and a surface needs two; analyse the same steps of each/,
  );
});

Deno.test("emergenceSurfaceFigure() gives long names of models the room that they need", () => {
  const names = ["pythia-160m-deduped", "pythia-410m-deduped-weight-seed1"];
  const figure = emergenceSurfaceFigure(
    names.map((name, i) => modelEmergence(name, 10 ** (4 + i), 0.2 * i + 0.1)),
  );
  assert.deepEqual(textFaults(figure).filter((fault) => fault.includes("pythia")), []);
});
