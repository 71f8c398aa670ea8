import assert from "node:assert/strict";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { degreeOfEmergence } from "../../lib/emergence/degree_of_emergence.ts";
import { samplingBias } from "../../lib/emergence/sampling_bias.ts";
import { multifractalSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";

const run = await openRun("suite:nano-64");
const steps = [0, 4096];
const rows = await samplingBias(run, { layerSamples: [8, 32], samples: 3, steps });

Deno.test("samplingBias() gives the full network's rows and then each kind and size, step by step", () => {
  assert.deepEqual(rows.map(({ edges, layerSample, step }) => [edges, layerSample, step]), [
    ...[["full", null, 0], ["full", null, 4096]],
    ...[["sampled", 8, 0], ["sampled", 8, 4096], ["sampled", 32, 0], ["sampled", 32, 4096]],
    ...[["all", 8, 0], ["all", 8, 4096], ["all", 32, 0], ["all", 32, 4096]],
  ]);
});

Deno.test("samplingBias() gives the E that samples of that size give", async () => {
  const networks = sampleNetworks(run, { samples: 3, layerSample: 8, edges: "sampled", steps });
  const expected = degreeOfEmergence(await multifractalSpectra(networks));
  assert.deepEqual(
    rows.slice(2, 4).map(({ edges: _, layerSample: __, ...row }) => row),
    expected.map((row) => ({ ...row })),
  );
});

Deno.test("samplingBias() finds what sampling edges does: alpha_0 too low, less so in larger samples", () => {
  const at = (edges: string, size: number | null) =>
    rows.find((row) => row.edges === edges && row.layerSample === size && row.step === 4096)!;
  const full = at("full", null).alpha0;
  assert.ok(Math.abs(full - 0.845) < 0.001, `${full}`);
  assert.ok(at("sampled", 8).alpha0 < 0.75 * full);
  assert.ok(at("sampled", 32).alpha0 > at("sampled", 8).alpha0 + 0.1);
  assert.ok(Math.abs(at("all", 32).alpha0 / full - 1) < 0.03);
  assert.match(at("full", null).status, /^no interval: 1 sample kept/);
});

Deno.test("samplingBias() refuses an option that it doesn't have, and a baseline that is not there", async () => {
  await assert.rejects(samplingBias(run, { layerSample: 8 } as never), /layerSamples/);
  await assert.rejects(
    samplingBias(run, { layerSamples: [8], steps: [4096], baseline: 0 }),
    /step 0, which is missing/,
  );
});
