import assert from "node:assert/strict";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { degreeOfEmergence } from "../../lib/emergence/degree_of_emergence.ts";
import { sensitivity, type SensitivityOptions } from "../../lib/emergence/sensitivity.ts";
import {
  multifractalSpectra,
  type MultifractalSpectraOptions,
} from "../../lib/multifractal/multifractal_spectra.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { medianLength } from "../../lib/networks/median_length.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";

const run = await openRun(await syntheticRun("pythia-14m", [0, 1000]));
const sampling = { samples: 2, edges: "sampled" } as const;
const networks = await Array.fromAsync(sampleNetworks(run, sampling));

/** The columns of E, by the plain path. */
async function plain(options: MultifractalSpectraOptions, layerSample = 32) {
  const sampled = layerSample === 32 ? networks : sampleNetworks(run, { ...sampling, layerSample });
  return degreeOfEmergence(await multifractalSpectra(sampled, options));
}

/** The same columns of a sensitivity analysis with one value. */
async function varied(vary: SensitivityOptions["vary"], base: object = {}) {
  const rows = await sensitivity(run, { ...base, vary, sampling });
  return rows.map(({ step, alpha0, width, E, eLow, eHigh, samplesKept, status }) => (
    { step, alpha0, width, E, eLow, eHigh, samplesKept, status }
  ));
}

Deno.test("sensitivity() has the plain path's E under every value of every option", async () => {
  const q = { min: -1, max: 1, step: 0.5 }, radii = { min: 10, max: 100 };
  const median = medianLength(networks.slice(0, 2).map(({ network }) => network));
  assert.deepEqual(await varied({ threshold: [60] }), await plain({ threshold: 60 }));
  assert.deepEqual(
    await varied({ threshold: [{ medians: 1.5 }] }),
    await plain({ threshold: 1.5 * median }),
  );
  assert.deepEqual(await varied({ q: [q] }), await plain({ q: qGrid(q) }));
  assert.deepEqual(await varied({ layerSample: [16] }), await plain({}, 16));
  assert.deepEqual(await varied({ minimumEdges: [20] }), await plain({ minimumEdges: 20 }));
  assert.deepEqual(await varied({ digits: [1] }), await plain({ digits: 1 }));
  assert.deepEqual(await varied({ radii: [radii] }), await plain({ radii }));
  assert.deepEqual(await varied({ nodes: ["common"] }), await plain({ nodes: "common" }));
});

Deno.test("sensitivity() varies one option at a time around what stays", async () => {
  const base = { threshold: 80, minimumEdges: 5 };
  assert.deepEqual(
    await varied({ threshold: [60] }, base),
    await plain({ ...base, threshold: 60 }),
  );
  assert.deepEqual(await varied({ digits: [1] }, base), await plain({ ...base, digits: 1 }));
});

Deno.test("sensitivity() has a row for each option, value and step, with its evidence", async () => {
  const rows = await sensitivity(networks, {
    vary: {
      threshold: [100, { medians: 1 }],
      q: [{ min: -2, max: 2, step: 0.5 }],
      minimumEdges: [10, 9999],
    },
  });
  assert.deepEqual(
    rows.filter(({ step }) => step > 0).map(({ option, value }) => [option, value]),
    [
      ["threshold", "100"],
      ["threshold", "1 median"],
      ["q", "−2 to 2 by 0.5"],
      ["minimumEdges", "10"],
      ["minimumEdges", "9999"],
    ],
  );
  assert.equal(rows.length, 10);
  const [first, , median] = rows;
  assert.equal(first!.threshold, 100);
  assert.equal(
    median!.threshold,
    medianLength(networks.slice(0, 2).map(({ network }) => network)),
  );
  const spectra = await multifractalSpectra(networks, { threshold: 100 });
  const own = spectra[0]!.samples.map(({ spectrum }) => spectrum);
  assert.equal(first!.nodesKept, (own[0]!.selectedNodes + own[1]!.selectedNodes) / 2);
  assert.equal(first!.radii, (own[0]!.radii + own[1]!.radii) / 2);
  assert.ok(0 < first!.r2Least && first!.r2Least < first!.r2Median && first!.r2Median < 1);
  const none = rows.at(-1)!;
  assert.ok(Number.isNaN(none.E) && Number.isNaN(none.r2Least) && none.nodesKept === 0);
  assert.match(none.status, /none of 2 samples kept/);
});

Deno.test("sensitivity() hands the options of E on and tells how far it is", async () => {
  const told: number[] = [];
  const onNetwork = (measured: number) => told.push(measured);
  const last = async (baseline: number) => {
    const rows = await sensitivity(networks, {
      ...{ vary: { threshold: [100, 120] }, emergence: { baseline }, onNetwork },
    });
    return rows[1]!.E;
  };
  assert.notEqual(await last(0), 0);
  assert.equal(await last(1000), 0);
  assert.deepEqual(told, [1, 2, 3, 4, 1, 2, 3, 4]);
});

Deno.test("sensitivity() refuses what it can't vary, and medians without untrained networks", async () => {
  const refused = (options: object, message: RegExp, source = networks) =>
    assert.rejects(sensitivity(source, options as SensitivityOptions), message);
  await refused({ vary: {} }, /no value to try/);
  await refused({ vary: { tau: [1] } }, /vary has no option "tau"/);
  await refused({ vary: { layerSample: [8] } }, /but networks are given; give the run/);
  await refused({ vary: { digits: [0] }, sampling: {} }, /but networks are given; give the run/);
  await refused({ vary: { digits: [0] }, alpha: "argmax" }, /no option "alpha"/);
  await refused({ vary: { threshold: [{ medians: 1 }] } }, /step 0 come first/, networks.slice(2));
  const emergence = { baseline: 0 };
  await refused({ vary: { threshold: [50] }, emergence }, /step 0, which is/, networks.slice(2));
});
