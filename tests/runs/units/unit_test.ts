import assert from "node:assert/strict";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { spectrumOfMasses } from "../../../lib/multifractal/multifractal_spectrum.ts";
import { multifractalSpectra } from "../../../lib/multifractal/multifractal_spectra.ts";
import { growNetworkBoxes } from "../../../lib/networks/grow_network_boxes.ts";
import { drawnShare } from "../../../lib/networks/mass_table.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";
import { spectrumChoices } from "../../../lib/runs/units/unit.ts";

const published = {
  threshold: 20,
  minimumEdges: 10,
  digits: 0,
  distance: "edge",
  q: { min: -3, max: 3, step: 0.1 },
  alpha0: "analytic",
  filterTolerance: 1e-9,
  radii: "occurring",
};

Deno.test("spectrumChoices() has the threshold's length, and the parts in one order, since kept units are named by them", () => {
  for (
    const options of [
      analysisOptions({ threshold: { medians: 1 } }),
      analysisOptions({ network: "full" }),
    ]
  ) {
    assert.equal(JSON.stringify(spectrumChoices(options, 20)), JSON.stringify(published));
  }
});

Deno.test("spectrumChoices() has layers ahead only for paths, and the radii that are fixed", () => {
  const options = analysisOptions({ distance: "path", pathLayers: 3, radii: { min: 5, max: 20 } });
  assert.deepEqual(spectrumChoices(options, 20), {
    ...published,
    distance: "path",
    pathLayers: 3,
    radii: { min: 5, max: 20 },
  });
});

Deno.test("spectrumChoices() are what boxes grow by, and what the spectrum of their masses is taken by", async () => {
  const run = await openRun("suite:nano-64");
  const given = { samples: 1, layerSample: 24 } as const;
  const networks = () => sampleNetworks(run, { ...given, steps: [512] });
  const [sample] = await Array.fromAsync(networks());
  const radii = { min: 5, max: 20 };
  for (const [more, own] of [[{}, {}], [{ distance: "path" }, { pathLayers: 2 }]] as const) {
    const choices = spectrumChoices(analysisOptions({ ...given, ...more, radii }), 20);
    const [step] = await multifractalSpectra(networks(), { threshold: 20, radii, ...more, ...own });
    const share = drawnShare(sample!.network);
    const spectrum = spectrumOfMasses(growNetworkBoxes(sample!, choices), choices, share);
    assert.deepEqual(step!.samples[0]!.spectrum, spectrum);
  }
});
