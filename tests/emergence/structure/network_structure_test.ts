import assert from "node:assert/strict";
import { networkStructure } from "../../../lib/emergence/structure/network_structure.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import type { LinkedLayers } from "../../../lib/networks/network.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";
import { MT19937 } from "../../../lib/numpy/mt19937.ts";

/** Two layers of neurons in groups; edges inside of a group are strong, all others weak. */
function grouped(groups: number, each: number): LinkedLayers {
  const size = groups * each, generator = new MT19937(1);
  const neurons = Array.from({ length: size }, (_, i) => i);
  return {
    layers: [{ name: "in", role: "in", block: 0, size, learned: true }],
    links: [{
      layer: 0,
      sources: Int32Array.from(neurons),
      targets: Int32Array.from(neurons, (i) => size + i),
      weights: Float64Array.from(
        neurons.flatMap((i) =>
          neurons.map((j) => {
            const strong = Math.floor(i / each) === Math.floor(j / each);
            return (strong ? 1 : 0.1) * (1 + generator.next() / 2 ** 40);
          })
        ),
      ),
    }],
  };
}

Deno.test("groups of neurons that are joined to each other are communities of squares, far from chance", () => {
  // A quarter of the edges, those inside of four groups of 8 + 8 neurons.
  const found = networkStructure(grouped(4, 8), { share: 0.25 });
  assert.deepEqual([found.neurons, found.edges], [64, 256]);
  assert.equal(found.modularity.toFixed(4), "0.7500"); // 1 − 1 / 4
  assert.equal(found.clustering, 1);
  assert.equal(found.pathLength!.toFixed(6), ((8 + 7 * 2) / 15).toFixed(6));
  assert.ok(found.modularityNull < 0.35 && found.clusteringNull < 0.4);
  assert.ok(found.smallWorldness! > 2.5);
});

Deno.test("modularity is that of each matrix by itself, and not of the layers", () => {
  const [one] = grouped(4, 8).links;
  const layer = { name: "in", role: "in", block: 0, size: 32, learned: true };
  const next = {
    ...one!,
    layer: 1,
    sources: one!.targets,
    targets: one!.targets.map((i) => i + 32),
  };
  const found = networkStructure({ layers: [layer, layer], links: [one!, next] }, { share: 0.25 });
  assert.deepEqual([found.neurons, found.edges], [96, 512]);
  assert.equal(found.modularity.toFixed(4), "0.7500");
});

Deno.test("networkStructure() counts squares and ways as by hand", () => {
  // a–x, a–y, b–x, b–y and c–y: one square; paths over three edges: four around it, and c–y–a–x and c–y–b–x.
  const linked: LinkedLayers = {
    layers: [{ name: "in", role: "in", block: 0, size: 3, learned: true }],
    links: [{
      ...{ layer: 0, sources: Int32Array.of(0, 1, 2), targets: Int32Array.of(3, 4) },
      weights: Float64Array.of(1, 1, 1, 1, 0, 1),
    }],
  };
  const { edges, clustering, pathLength } = networkStructure(linked, { share: 1 });
  assert.deepEqual([edges, clustering.toFixed(12)], [5, (4 / 6).toFixed(12)]);
  // Ways of 1: 5 pairs; of 2: a–b, a–c, b–c, x–y; of 3: c–x.
  assert.equal(pathLength!.toFixed(12), ((5 + 8 + 3) / 10).toFixed(12));
});

Deno.test("the structure of a model is the same each time, and that of an untrained one is chance", async () => {
  const run = await openRun("suite:nano-32");
  const options = { samples: 1, edges: "sampled", steps: [0] } as const;
  const [sample] = await Array.fromAsync(sampleNetworks(run, options));
  const found = networkStructure(sample!.linked, { permutations: 3 });
  assert.deepEqual(networkStructure(sample!.linked, { permutations: 3 }), found);
  assert.ok(Math.abs(found.modularity - found.modularityNull) < 0.03);
  assert.ok(Math.abs(found.smallWorldness! - 1) < 0.15, `${found.smallWorldness}`);
});

Deno.test("a fixed pattern is no part of the graph, and where there is nothing to compare there is null", () => {
  const layer = { name: "a", role: "a", block: 0, size: 2 };
  const link = {
    sources: Int32Array.of(0),
    targets: Int32Array.of(2),
    weights: Float64Array.of(1),
  };
  const found = networkStructure({
    layers: [{ ...layer, learned: true }, { ...layer, learned: false }],
    links: [{ ...link, layer: 0 }, { ...link, layer: 1, sources: Int32Array.of(9) }],
  });
  assert.deepEqual([found.neurons, found.edges, found.clustering, found.smallWorldness], [
    ...[2, 1, 0, null],
  ]);
  assert.equal(found.status, "no small-worldness: permuted weights have no square");
  const zeros = { ...link, layer: 0, weights: Float64Array.of(0) };
  const empty = networkStructure({ layers: [{ ...layer, learned: true }], links: [zeros] });
  assert.deepEqual([empty.pathLength, empty.status], [null, "no edge: all weights are 0 or fixed"]);
  assert.throws(() => networkStructure({ layers: [], links: [] }, { share: 0 }), /share must be/);
});
