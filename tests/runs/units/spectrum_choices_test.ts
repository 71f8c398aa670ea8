import assert from "node:assert/strict";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { fullAnalysisOptions } from "../../../lib/runs/full_analysis_options.ts";
import {
  boxOptions,
  spectrumChoices,
  spectrumOptions,
} from "../../../lib/runs/units/spectrum_choices.ts";

const published = {
  threshold: 20,
  digits: 0,
  pathLayers: null,
  q: { min: -3, max: 3, step: 0.1 },
  alpha0: "analytic",
  filterTolerance: 1e-9,
};

Deno.test("spectrumChoices() has the threshold's length, and the parts in one order, since kept units are named by them", () => {
  for (const options of [analysisOptions({ threshold: { medians: 1 } }), fullAnalysisOptions()]) {
    assert.equal(JSON.stringify(spectrumChoices(options, 20)), JSON.stringify(published));
  }
});

Deno.test("spectrumChoices() has layers only for paths, and radii only where they are fixed", () => {
  const options = analysisOptions({ distance: "path", layers: 3, radii: { min: 5, max: 20 } });
  assert.deepEqual(spectrumChoices(options, 20), {
    ...published,
    pathLayers: 3,
    radii: { min: 5, max: 20 },
  });
});

Deno.test("boxOptions() and spectrumOptions() share the choices between masses and their spectrum", () => {
  const choices = spectrumChoices(analysisOptions({ radii: { min: 5, max: 20 } }), 20);
  assert.deepEqual(boxOptions(choices), { threshold: 20, digits: 0 });
  assert.deepEqual(boxOptions({ ...choices, pathLayers: 2 }), {
    ...{ threshold: 20, digits: 0, distance: "path", layers: 2 },
  });
  const { q, ...others } = spectrumOptions(choices);
  assert.equal(q!.length, 61);
  assert.deepEqual(others, {
    ...{ alpha0: "analytic", filterTolerance: 1e-9, radii: { min: 5, max: 20 } },
  });
});
