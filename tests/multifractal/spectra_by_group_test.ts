import assert from "node:assert/strict";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { multifractalSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import {
  type GroupBy,
  multifractalSpectraByGroup,
  type SpectraByGroupOptions,
} from "../../lib/multifractal/spectra_by_group.ts";
import { measureNfd } from "../../lib/nfd/nfd.ts";
import { type NetworkSample, sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { close } from "../golden/golden.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { networkOf } from "../networks/network_of.ts";

const run = await openRun(await syntheticRun("pythia-14m", [0, 1000]));
const networks = await Array.fromAsync(sampleNetworks(run, { samples: 2, qkv: "reference" }));
const plain = await multifractalSpectra(networks);

/** A network whose only layer is the whole of it. */
const single: NetworkSample[] = [0, 8].map((step) => ({
  ...{ model: "m", step, sample: 0, digest: "", linked: { layers: [], links: [] } },
  network: networkOf(Array.from({ length: 30 }, (_, i) => (
    Array.from({ length: 14 }, (_, k) => 2 + (i * 7 + k * (5 + step)) % 90)
  ))),
}));

const options = (by: GroupBy): SpectraByGroupOptions[] => [
  { by },
  { by, groupRadii: "group" },
  { by, nodes: "common" },
  { by, radii: { min: 5, max: 80 } },
];

for (const by of ["block", "role"] as const) {
  Deno.test(`multifractalSpectraByGroup() by ${by} is the plain path where the group is everything`, async () => {
    for (const { groupRadii, ...shared } of options(by)) {
      const [only, ...others] = await multifractalSpectraByGroup(
        single,
        groupRadii ? { ...shared, groupRadii } : shared,
      );
      const { by: _, ...same } = shared;
      assert.equal(others.length, 0);
      assert.deepEqual(only!.spectra, await multifractalSpectra(single, same));
    }
  });

  Deno.test(`multifractalSpectraByGroup() by ${by} parts the network: nodes add up and alpha_0 is the mean of theirs`, async () => {
    const groups = await multifractalSpectraByGroup(networks, { by });
    assert.equal(groups.length, by === "block" ? 6 : 5);
    for (const [i, { samples }] of plain.entries()) {
      for (const [k, { spectrum: whole }] of samples.entries()) {
        const parts = groups.map(({ spectra }) => spectra[i]!.samples[k]!.spectrum);
        const sum = (value: (part: typeof whole) => number) =>
          parts.reduce((all, part) => all + value(part), 0);
        assert.equal(sum(({ nodes }) => nodes), whole.nodes);
        assert.equal(sum(({ edges }) => edges), whole.edges);
        assert.equal(sum(({ selectedNodes }) => selectedNodes), whole.selectedNodes);
        const weighted = sum((part) => part.status === "ok" ? part.alpha0 * part.selectedNodes : 0);
        assert.ok(whole.status === "ok");
        close(weighted / whole.selectedNodes, whole.alpha0, 1e-12, `alpha_0, step ${i}`);
      }
    }
  });
}

Deno.test("multifractalSpectraByGroup() names the groups in the network's order, and tells which no weight leaves", async () => {
  const roles = await multifractalSpectraByGroup(networks.slice(0, 1), { by: "role" });
  assert.deepEqual(roles.map(({ group, learned }) => [group, learned]), [
    ["block input", true],
    ["query, key, value", false],
    ["attention output", true],
    ["feed-forward input", true],
    ["feed-forward hidden", true],
  ]);
  const { spectrum, layers } = roles[1]!.spectra[0]!.samples[0]!;
  assert.equal(spectrum.status, "no node selected");
  assert.equal(layers.length, 6);
  assert.equal(roles[1]!.dimensions[0]!.mean, null);
});

Deno.test("multifractalSpectraByGroup() at the group's own radii is a network of that group alone", async () => {
  const [first, second] = [[2, 4, 9, 11], [3, 5, 90, 100]];
  const { network, ...rest } = single[0]!;
  const layers = ["low", "high"].map((role, block) => ({ ...network.layers[0]!, role, block }));
  const rows = [first!, first!, second!];
  const two = { ...networkOf(rows), layers, nodeLayers: Uint16Array.of(0, 0, 1) };
  const boxes = { minimumEdges: 2 };
  const groups = await multifractalSpectraByGroup([{ ...rest, network: two }], {
    ...{ ...boxes, by: "role", groupRadii: "group" },
  });
  const alone = await multifractalSpectra([{ ...rest, network: networkOf([second!]) }], boxes);
  const found = groups[1]!.spectra[0]!.samples[0]!.spectrum;
  // A group's share of the neurons is that of the network which it is part of.
  assert.deepEqual({ ...found, drawnShare: 1 }, alone[0]!.samples[0]!.spectrum);
  assert.equal(found.radii, 4);
});

Deno.test("multifractalSpectraByGroup() averages node fractal dimensions over the nodes that could have one", async () => {
  const [sample] = networks;
  const roles = await multifractalSpectraByGroup([sample!], { by: "role", nfdThreshold: 100 });
  const values = measureNfd(sample!.network, { nfdThreshold: 100 })
    .filter(({ layer }) => sample!.network.layers[layer]!.role === "attention output")
    .map(({ value }) => value);
  const { step, sample: number, mean } = roles[2]!.dimensions[0]!;
  assert.deepEqual([step, number], [0, 0]);
  close(mean!, values.reduce((sum, value) => sum + value, 0) / values.length, 1e-12, "mean");
});

Deno.test("multifractalSpectraByGroup() refuses groups and options that it does not know", async () => {
  const refused = (options: object, message: RegExp) =>
    assert.rejects(multifractalSpectraByGroup(single, options as SpectraByGroupOptions), message);
  await refused({ by: "layer" }, /by must be one of block, role, but it is "layer"/);
  await refused(
    { by: "role", groupRadii: "own" },
    /groupRadii must be one of network, group, but it is "own"/,
  );
  await refused({ by: "role", treshold: 5 }, /no option "treshold"/);
});
