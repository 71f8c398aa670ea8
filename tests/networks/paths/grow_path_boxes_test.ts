import assert from "node:assert/strict";
import { multifractalSpectrum } from "../../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../../lib/networks/grow_boxes.ts";
import { growPathBoxes } from "../../../lib/networks/paths/grow_path_boxes.ts";
import { type LinkedLayers, sampledNetwork } from "../../../lib/networks/network.ts";
import type { MassTable } from "../../../lib/networks/mass_table.ts";
import { MT19937 } from "../../../lib/numpy/mt19937.ts";
import { roundHalfEven } from "../../../lib/numpy/round_half_even.ts";
import { goldenLinks } from "../../golden/golden_networks.ts";
import { type Edge, linkedLayersOf } from "../linked_layers_of.ts";
import { tinyLinks } from "../tiny_network.ts";

/** For each selected node's id, radius → number of nodes at exactly that distance. */
function shells(linked: LinkedLayers, { selected, radii, counts }: MassTable) {
  const { nodeIds } = sampledNetwork(linked);
  return Object.fromEntries(Array.from(selected, (node, i) => {
    const row = [...counts.subarray(i * radii.length, (i + 1) * radii.length)];
    const pairs = row.map((count, j) => [radii[j]!, count]).filter(([, count]) => count! > 0);
    return [nodeIds[node], Object.fromEntries(pairs)];
  }));
}

/*
 *      layer 0   layer 1 (pattern after it)   layer 2   layer 3   layer 4
 *
 *      0 --2.5--> 10 --1--> 20 --3--> 30 --4--> 40
 *      0 --6----> 11 --1--> 20,  11 --1--> 21
 *      1 --2----> 11            21 --9.4-> 30,  21 --2--> 31 --8--> 40
 *      1 --0.5--> 10, too short to exist
 */
const byHand = linkedLayersOf([
  [[0, 10, 2.5], [0, 11, 6], [1, 11, -2], [1, 10, 0.5]],
  [[10, 20, 1], [11, 20, 1], [11, 21, 1]],
  [[20, 30, 3], [21, 30, 9.4], [21, 31, 2]],
  [[30, 40, 4], [31, 40, 8]],
], [1]);

Deno.test("growPathBoxes() agrees with paths worked out by hand, for one to four layers ahead", () => {
  const grown = (pathLayers: number) =>
    shells(byHand, growPathBoxes(byHand, { pathLayers, minimumEdges: 0 }));
  // 2.5 goes to the even 2; 10 and 11 have pattern edges only, which open no path.
  assert.deepEqual(grown(1), {
    0: { 2: 1, 6: 1 },
    1: { 2: 1 },
    20: { 3: 1 },
    21: { 9: 1, 2: 1 },
    30: { 4: 1 },
    31: { 8: 1 },
  });
  // 0: 20 over 10 at 2 + 1, not over 11 at 6 + 1; 21 over 11 at 7. 1: 20 and 21 over 11 at 2 + 1.
  // 20: 40 at 3 + 4. 21: 40 over 31 at 2 + 8, not over 30 at 9 + 4.
  const two = {
    0: { 2: 1, 3: 1, 6: 1, 7: 1 },
    1: { 2: 1, 3: 2 },
    20: { 3: 1, 7: 1 },
    21: { 2: 1, 9: 1, 10: 1 },
    30: { 4: 1 },
    31: { 8: 1 },
  };
  assert.deepEqual(grown(2), two);
  // 0: 30 over 10 and 20 at 6, beside 11; 31 over 11 and 21 at 9.
  // 1: 30 over 11 and 20 at 3 + 3, not over 21 at 3 + 9; 31 at 3 + 2.
  const three = {
    ...two,
    0: { 2: 1, 3: 1, 6: 2, 7: 1, 9: 1 },
    1: { 2: 1, 3: 2, 5: 1, 6: 1 },
  };
  assert.deepEqual(grown(3), three);
  // 0: 40 over 30 at 6 + 4, not over 31 at 9 + 8. 1: 40 over 30 at 6 + 4, not over 31 at 5 + 8.
  const four = {
    ...three,
    0: { 2: 1, 3: 1, 6: 2, 7: 1, 9: 1, 10: 1 },
    1: { 2: 1, 3: 2, 5: 1, 6: 1, 10: 1 },
  };
  assert.deepEqual(grown(4), four);
  // There is nothing past the last layer.
  assert.deepEqual(grown(5), four);
  assert.deepEqual(grown(1000), four);
});

Deno.test("growPathBoxes() takes two layers unless told otherwise", () => {
  assert.deepEqual(
    growPathBoxes(byHand, { minimumEdges: 1 }),
    growPathBoxes(byHand, { minimumEdges: 1, pathLayers: 2 }),
  );
});

Deno.test("growPathBoxes() keeps a node for more than the least number of nodes reached, by paths too", () => {
  const selected = (pathLayers: number) =>
    Object.keys(shells(byHand, growPathBoxes(byHand, { pathLayers, minimumEdges: 2 }))).map(Number);
  assert.deepEqual(selected(1), []);
  assert.deepEqual(selected(2), [0, 1, 21]);
  const { radii } = growPathBoxes(byHand, { pathLayers: 2, minimumEdges: 2 });
  assert.deepEqual([...radii], [2, 3, 6, 7, 9, 10], "radii of selected nodes only");
});

Deno.test("growPathBoxes() bounds a path by the threshold inclusive, after rounding its edges", () => {
  const reach = (threshold: number, edges: Edge[][]) => {
    const linked = linkedLayersOf(edges);
    return shells(linked, growPathBoxes(linked, { threshold, minimumEdges: 0 }))[0];
  };
  const path = (first: number, second: number): Edge[][] => [[[0, 1, first]], [[1, 2, second]]];
  assert.deepEqual(reach(10, path(4, 6)), { 4: 1, 10: 1 });
  assert.deepEqual(reach(10, path(4, 7)), { 4: 1 });
  // 4.4 + 6.4 > 10, but the rounded lengths are what adds up.
  assert.deepEqual(reach(10, path(4.4, 6.4)), { 4: 1, 10: 1 });
  // A single edge is bounded before it is rounded, as in growBoxes(): 10.4 > 10 rounds to 10.
  assert.deepEqual(reach(10, [[[0, 1, 4], [0, 3, 10.4]], [[1, 2, 10]]]), { 4: 1 });
  // A threshold of 10.6 rounds to 11, which an edge of 10.6 and a path of 11 have alike.
  assert.deepEqual(reach(10.6, [[[0, 1, 4], [0, 3, 10.6]], [[1, 2, 7]]]), { 4: 1, 11: 2 });
});

Deno.test("growPathBoxes() with one layer ahead is growBoxes() to the last count", async () => {
  const networks = [
    goldenLinks("pythia-14m", 0, 0),
    goldenLinks("pythia-14m", 143000, 9),
    goldenLinks("pythia-70m-deduped", 512, 3),
    goldenLinks("pythia-70m-deduped", 143000, 0, 128),
    await tinyLinks(),
  ];
  const choices = [
    {},
    { threshold: 60.5 },
    { minimumEdges: 30 },
    { minimumEdges: 0 },
    { threshold: 40, digits: 2 },
  ];
  for (const [i, linked] of networks.entries()) {
    for (const options of choices) {
      assert.deepEqual(
        growPathBoxes(linked, { ...options, pathLayers: 1 }),
        growBoxes(sampledNetwork(linked), options),
        `network ${i} with ${JSON.stringify(options)}`,
      );
    }
  }
});

/** All shortest paths of a chain by Floyd and Warshall; shells as {@linkcode shells} gives them. */
function floydWarshall(
  { layers, links }: LinkedLayers,
  { ahead, threshold }: { ahead: number; threshold: number },
) {
  const layerOf = new Map<number, number>();
  for (const { layer, sources, targets } of links) {
    for (const id of sources) layerOf.set(id, layer);
    for (const id of targets) if (!layerOf.has(id)) layerOf.set(id, layer + 1);
  }
  const ids = [...layerOf.keys()];
  const distance = new Map(
    ids.map((id) => [id, new Map(ids.map((other) => [other, id === other ? 0 : Infinity]))]),
  );
  for (const { layer, sources, targets, weights } of links) {
    sources.forEach((source, i) =>
      targets.forEach((target, j) => {
        const length = 1 / Math.abs(weights[i * targets.length + j]!);
        const pattern = !layers[layer]!.learned && length === 1;
        if (length > threshold || !(pattern || length > 1)) return;
        distance.get(source)!.set(target, roundHalfEven(length));
      })
    );
  }
  for (const [through, onward] of distance) {
    for (const row of distance.values()) {
      for (const target of ids) {
        row.set(target, Math.min(row.get(target)!, row.get(through)! + onward.get(target)!));
      }
    }
  }
  const result: Record<number, Record<number, number>> = {};
  for (const [source, row] of distance) {
    // In a chain, the sources of a fixed pattern have no other edge that could open a path.
    if (!(layers[layerOf.get(source)!]?.learned ?? false)) continue;
    for (const [target, length] of row) {
      const steps = layerOf.get(target)! - layerOf.get(source)!;
      if (steps < 1 || steps > ahead || length > threshold) continue;
      const own = result[source] ??= {};
      own[length] = (own[length] ?? 0) + 1;
    }
  }
  return result;
}

Deno.test("growPathBoxes() agrees with Floyd and Warshall on chains with ties, gaps and fixed patterns", async () => {
  const generator = new MT19937(7);
  // Few distinct lengths, so that many paths tie; a third of the pairs has no edge.
  const random = linkedLayersOf(
    Array.from({ length: 7 }, (_, layer) =>
      Array.from({ length: 36 }, (_, pair): Edge => {
        const draw = generator.next() % 12;
        const length = draw < 4 ? Infinity : [0.5, 1, 1.2, 1.5, 2.5, 3, 9, 31][draw - 4]!;
        return [
          10 * layer + Math.floor(pair / 6),
          10 * (layer + 1) + pair % 6,
          layer === 2 && length < Infinity ? 1 : length,
        ];
      })),
    [2],
  );
  for (const [linked, threshold] of [[random, 30], [await tinyLinks(), 400]] as const) {
    let reached = 0;
    for (const pathLayers of [1, 2, 3, 4, 5, 20]) {
      const expected = floydWarshall(linked, { ahead: pathLayers, threshold });
      const masses = growPathBoxes(linked, { pathLayers, threshold, minimumEdges: 0 });
      assert.deepEqual(shells(linked, masses), expected, `${pathLayers} layers`);
      const total = masses.counts.reduce((sum, count) => sum + count, 0);
      if (pathLayers < 4) assert.ok(total > reached, `${pathLayers} layers reach only ${total}`);
      reached = total;
    }
  }
});

Deno.test("growPathBoxes() with decimals adds up lengths of so many decimals", () => {
  const linked = linkedLayersOf([[[0, 1, 1.25]], [[1, 2, 1.35]]]);
  const masses = growPathBoxes(linked, { minimumEdges: 0, digits: 1 });
  assert.deepEqual(shells(linked, masses), { 0: { 1.2: 1, 2.6: 1 }, 1: { 1.4: 1 } });
});

Deno.test("growPathBoxes() of a golden network gives a spectrum over two layers, of no key, query or value", () => {
  const linked = goldenLinks("pythia-14m", 143000, 0);
  const masses = growPathBoxes(linked, { pathLayers: 2 });
  const network = sampledNetwork(linked);
  assert.deepEqual([masses.nodes, masses.edges], [1536, 61632]);
  assert.deepEqual(masses.selected, growBoxes(network).selected);
  for (const node of masses.selected) {
    assert.ok(network.layers[network.nodeLayers[node]!]!.learned);
  }
  const result = multifractalSpectrum(masses);
  assert.equal(result.status, "ok");
});

Deno.test("growPathBoxes() gives an empty table where no node reaches enough others", () => {
  const { radii, counts, selected, nodes, edges } = growPathBoxes(byHand);
  assert.deepEqual([radii.length, counts.length, selected.length, nodes, edges], [0, 0, 0, 8, 12]);
});

Deno.test("growPathBoxes() refuses options that are unknown or out of range", () => {
  assert.throws(() => growPathBoxes(byHand, { layers: 2 } as object), /did you mean "pathLayers"/);
  for (const pathLayers of [0, -1, 1.5, NaN, Infinity]) {
    assert.throws(
      () => growPathBoxes(byHand, { pathLayers }),
      new RegExp(`pathLayers must be an integer from 1 to 1000, but it is ${pathLayers}`),
    );
  }
  assert.throws(() => growPathBoxes(byHand, { threshold: 1 }), /threshold must be .* above 1/);
  assert.throws(() => growPathBoxes(byHand, { minimumEdges: -1 }), /minimumEdges must be/);
  assert.throws(() => growPathBoxes(byHand, { digits: 8 }), /at 8 digits has more than/);
});
