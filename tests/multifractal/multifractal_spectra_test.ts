import assert from "node:assert/strict";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { multifractalSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import { type NetworkSample, sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { sampledNetwork } from "../../lib/networks/network.ts";
import { allClose, type GoldenModel, readGolden } from "../golden/golden.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { networkOf } from "../networks/network_of.ts";
import { tinyLinks } from "../networks/tiny_network.ts";

const linked = await tinyLinks();
const network = sampledNetwork(linked);

function sample(step: number, sample: number, model = "tiny"): NetworkSample {
  return { model, step, sample, digest: `digest of ${step}`, linked, network };
}

const options = { minimumEdges: 2, threshold: 150 };

Deno.test("multifractalSpectra() of a sampled run has the golden exponents", async () => {
  const golden = readGolden<GoldenModel>("h128");
  const run = await openRun(await syntheticRun("pythia-14m", [0, 1000]));
  const networks = sampleNetworks(run, { samples: 3, qkv: "reference", edges: "sampled" });
  const spectra = await multifractalSpectra(networks);
  assert.deepEqual(spectra.map(({ model, step }) => [model, step]), [
    ["pythia-14m", 0],
    ["pythia-14m", 1000],
  ]);
  for (const { step, samples } of spectra) {
    assert.deepEqual(samples.map(({ sample }) => sample), [0, 1, 2]);
    for (const { sample, spectrum } of samples) {
      const expected = golden.networks.find((one) => one.step === step && one.sample === sample)!;
      assert.equal(spectrum.status, "ok");
      assert.equal(spectrum.selectedNodes, expected.selected_nodes);
      allClose(spectrum.tau, expected.tau, 1e-13, `tau of step ${step}, sample ${sample}`);
    }
  }
});

Deno.test("multifractalSpectra() has an entry for each step with its digest, its samples and their layers", async () => {
  const networks = [sample(0, 0), sample(0, 1), sample(5, 0)];
  const spectra = await multifractalSpectra(networks, options);
  assert.deepEqual(spectra.map(({ step, digest, samples }) => [step, digest, samples.length]), [
    [0, "digest of 0", 2],
    [5, "digest of 5", 1],
  ]);
  const { layers, spectrum } = spectra[0]!.samples[0]!;
  assert.deepEqual(layers.map(({ layer }) => layer), linked.layers);
  assert.equal(layers.reduce((sum, { nodes }) => sum + nodes, 0), network.nodeIds.length);
  assert.equal(layers.reduce((sum, { kept }) => sum + kept, 0), spectrum.selectedNodes);
});

Deno.test("multifractalSpectra() keeps two models apart that are measured at the same step", async () => {
  const spectra = await multifractalSpectra([sample(0, 0), sample(0, 0, "other")], options);
  assert.deepEqual(spectra.map(({ model }) => model), ["tiny", "other"]);
});

Deno.test("multifractalSpectra() hands every option on", async () => {
  const one = async (more: object) => {
    const [step] = await multifractalSpectra([sample(0, 0)], { ...options, ...more });
    return step!.samples[0]!.spectrum;
  };
  const plain = await one({});
  assert.equal(plain.status, "ok");
  assert.equal((await one({ threshold: 20 })).radii < plain.radii, true);
  assert.equal((await one({ minimumEdges: 1000 })).status, "no node selected");
  assert.ok((await one({ digits: 2 })).radii > plain.radii);
  assert.equal((await one({ radii: { min: 3, max: 9 } })).radii, 7);
  const argmax = await one({ alpha0: "argmax", q: [-1, 0, 1, 2] });
  assert.equal(argmax.status, "ok");
  assert.deepEqual([...argmax.q], [-1, 0, 1, 2]);
  assert.notEqual(argmax.alpha0, plain.alpha0);
  assert.equal(argmax.alpha0Analytic, plain.alpha0Analytic);
});

Deno.test("multifractalSpectra() at common nodes averages over those that every step keeps", async () => {
  const at = (step: number, rows: number[][]): NetworkSample => (
    { ...sample(step, 0), network: networkOf(rows) }
  );
  const [weak, strong] = [[20, 40, 200, 300], [2, 3, 5, 8]];
  const networks = [
    at(0, [[4, 8, 16, 31], strong, weak]),
    at(1, [[5, 9, 9, 30], weak, strong]),
    at(2, [[6, 6, 9, 9], strong, strong]),
  ];
  const common = await multifractalSpectra(networks, { ...options, nodes: "common" });
  const kept = await multifractalSpectra(networks, options);
  assert.deepEqual(kept.map(({ samples }) => samples[0]!.spectrum.selectedNodes), [2, 2, 3]);
  assert.deepEqual(common.map(({ samples }) => samples[0]!.spectrum.selectedNodes), [1, 1, 1]);
  assert.deepEqual(common.map(({ samples }) => samples[0]!.layers[0]!.dropped), [2, 2, 2]);
  const alone = await multifractalSpectra([at(2, [[6, 6, 9, 9]])], options);
  const [found, expected] = [common[2]!, alone[0]!].map(({ samples }) => samples[0]!.spectrum);
  assert.deepEqual({ ...found, nodes: 1, edges: 4 }, expected);
});

Deno.test("multifractalSpectra() at common nodes is the plain path where every step keeps the same", async () => {
  const networks = [sample(0, 0), sample(0, 1), sample(5, 0)];
  assert.deepEqual(
    await multifractalSpectra(networks, { ...options, nodes: "common" }),
    await multifractalSpectra(networks, options),
  );
});

Deno.test("multifractalSpectra() at common nodes says that no node is common", async () => {
  const at = (step: number, rows: number[][]): NetworkSample => (
    { ...sample(step, 0), network: networkOf(rows) }
  );
  const networks = [at(0, [[2, 3, 4], [200]]), at(1, [[200], [2, 3, 4]])];
  const [first] = await multifractalSpectra(networks, { ...options, nodes: "common" });
  assert.equal(first!.samples[0]!.spectrum.status, "no node selected");
});

Deno.test("multifractalSpectra() tells after each network how many were measured", async () => {
  const told: number[] = [];
  const onNetwork = (measured: number) => told.push(measured);
  await multifractalSpectra([sample(0, 0), sample(0, 1), sample(5, 0)], { ...options, onNetwork });
  assert.deepEqual(told, [1, 2, 3]);
});

Deno.test("multifractalSpectra() of no networks is empty", async () => {
  assert.deepEqual(await multifractalSpectra([]), []);
});

Deno.test("multifractalSpectra() refuses unknown options and values out of range", async () => {
  await assert.rejects(
    multifractalSpectra([sample(0, 0)], { filter_tolerance: 0 } as object),
    /no option "filter_tolerance"; did you mean "filterTolerance"/,
  );
  await assert.rejects(
    multifractalSpectra([sample(0, 0)], { threshold: 1 }),
    /threshold must be a length above 1 .*, but it is 1$/,
  );
  await assert.rejects(
    multifractalSpectra([], { nodes: "all" as "kept" }),
    /nodes must be one of kept, common, but it is "all"/,
  );
  await assert.rejects(
    multifractalSpectra([], { distance: "edge", pathLayers: 2 }),
    /pathLayers is 2, but only distance "path" looks more than one layer ahead/,
  );
});
