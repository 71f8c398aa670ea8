import assert from "node:assert/strict";
import { slopePValue } from "../../lib/statistics/linear_regression.ts";
import {
  multifractalSpectra,
  type StepSpectra,
} from "../../lib/multifractal/multifractal_spectra.ts";
import { samplesTable, spectraTable } from "../../lib/multifractal/spectra_tables.ts";
import type { NetworkSample } from "../../lib/networks/sample_networks.ts";
import { networkOf } from "../networks/network_of.ts";

/** One node of each network, with the lengths given, at a step of its own. */
function spectraOf(...lengths: number[][]): Promise<StepSpectra[]> {
  const networks = lengths.map((own, step): NetworkSample => ({
    model: "toy",
    step,
    sample: 0,
    digest: "",
    linked: { layers: [], links: [] },
    network: networkOf([own, own.map((length) => 2 * length)]),
  }));
  return multifractalSpectra(networks, { minimumEdges: 2, q: [-1, 0, 1], alpha0: "argmax" });
}

const measurable = [2, 3, 3, 7];
const nothing = [0.1];

Deno.test("spectraTable() has a row for each order of each sample, the last without alpha and f", async () => {
  const spectra = await spectraOf(measurable, measurable);
  const rows = spectraTable(spectra);
  assert.deepEqual(rows.map(({ step, q }) => [step, q]), [
    ...[[0, -1], [0, 0], [0, 1]],
    ...[[1, -1], [1, 0], [1, 1]],
  ]);
  const { spectrum } = spectra[0]!.samples[0]!;
  assert.equal(spectrum.status, "ok");
  const { tau, rValue, radii, stderr, alpha, fAlpha } = spectrum;
  const fit = (i: number) => ({
    ...{ tau: tau[i]!, rValue: rValue[i]!, stderr: stderr[i]! },
    pValue: slopePValue(rValue[i]!, radii),
  });
  const place = { step: 0, sample: 0 };
  assert.deepEqual(rows.slice(0, 3), [
    { ...place, q: -1, ...fit(0), alpha: alpha[0]!, fAlpha: fAlpha[0]! },
    { ...place, q: 0, ...fit(1), alpha: alpha[1]!, fAlpha: fAlpha[1]! },
    { ...place, q: 1, ...fit(2), alpha: null, fAlpha: null },
  ]);
});

Deno.test("spectraTable() has no rows of a sample without a spectrum, samplesTable() tells why", async () => {
  const spectra = await spectraOf(measurable, nothing);
  assert.deepEqual([...new Set(spectraTable(spectra).map(({ step }) => step))], [0]);
  const [, row] = samplesTable(spectra);
  assert.match(row!.status, /^None of the 2 nodes has enough edges within the threshold; raise/);
  assert.deepEqual({ ...row, status: "" }, {
    ...{ step: 1, sample: 0, edges: 2, nodes: 2, selectedNodes: 0, radii: 0 },
    ...{ alpha0: null, alpha0Index: null, alpha0Analytic: null, tie: null },
    ...{ width: null, filtered: null, status: "" },
  });
});

Deno.test("samplesTable() has the numbers of a measured sample", async () => {
  const spectra = await spectraOf(measurable);
  const { spectrum } = spectra[0]!.samples[0]!;
  assert.equal(spectrum.status, "ok");
  const { alpha0, alpha0Analytic, width, maximum } = spectrum;
  assert.deepEqual(samplesTable(spectra), [{
    ...{ step: 0, sample: 0, edges: 8, nodes: 2, selectedNodes: 2, radii: 6 },
    ...{ alpha0: alpha0, alpha0Index: maximum.index, alpha0Analytic: alpha0Analytic },
    ...{ tie: maximum.tie, width, filtered: false, status: "ok" },
  }]);
  assert.notEqual(alpha0, alpha0Analytic);
});

Deno.test("samplesTable() marks a sample that the filter mode drops", async () => {
  const [step] = await spectraOf(measurable);
  const [only] = step!.samples;
  assert.equal(only!.spectrum.status, "ok");
  const spectrum = { ...only!.spectrum, filterPass: [true, true, false, false] as const };
  const spectra = [{ ...step!, samples: [{ ...only!, spectrum }] }] as StepSpectra[];
  const filtered = ([0, 1, 2, 3] as const).map((mode) => samplesTable(spectra, mode)[0]!.filtered);
  assert.deepEqual(filtered, [false, false, true, true]);
});
