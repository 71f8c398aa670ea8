import assert from "node:assert/strict";
import { pathGraph } from "../../../lib/networks/paths/path_graph.ts";
import { sampledNetwork } from "../../../lib/networks/network.ts";
import { goldenLinks } from "../../golden/golden_networks.ts";
import { linkedLayersOf } from "../linked_layers_of.ts";
import { tinyLinks } from "../tiny_network.ts";

Deno.test("pathGraph() takes lengths above 1 up to the threshold, before they are rounded half to even", () => {
  const edges = [1, 1.0000000000000002, 2.5, 3.5, 0.5, 150, 150.00000000000003, -7];
  const graph = pathGraph(
    linkedLayersOf([edges.map((length, i) => [0, 10 + i, length])]),
    150,
    1,
  );
  assert.deepEqual([...graph.lengths], [1, 2, 4, 150, 7]);
  assert.deepEqual([...graph.opens], [1, 1, 1, 1, 1]);
  assert.deepEqual([graph.nodes, graph.edges, graph.vertices], [1, 8, 6]);
});

Deno.test("pathGraph() scales lengths to integers of so many decimals", () => {
  const links = linkedLayersOf([[[0, 1, 1.25], [0, 2, 1.35]], [[1, 3, 1]]], [1]);
  assert.deepEqual([...pathGraph(links, 150, 10).lengths], [12, 14, 10]);
});

Deno.test("pathGraph() lets the fixed pattern's edges of length 1 continue paths, not open them", () => {
  const edges: [number, number, number][] = [[0, 1, 1], [0, 2, 0.5], [0, 3, 5]];
  const graph = pathGraph(linkedLayersOf([edges], [0]), 150, 1);
  assert.deepEqual([...graph.lengths], [1, 5]);
  assert.deepEqual([...graph.opens], [0, 1]);
});

Deno.test("pathGraph() numbers the network's nodes first, and neurons without an edge after them", () => {
  // 4 has weights, but they are all zero; 8 and 9 have none.
  const links = linkedLayersOf([
    [[5, 4, 2], [5, 8, 3], [2, 8, 6]],
    [[8, 9, 4], [4, 9, Infinity]],
  ]);
  const graph = pathGraph(links, 150, 1);
  assert.deepEqual([...sampledNetwork(links).nodeIds], [2, 5, 8]);
  assert.deepEqual([graph.nodes, graph.vertices], [3, 5]);
  const [node2, node5, node8, four, nine] = [0, 1, 2, 3, 4];
  const edgesOf = (vertex: number) => {
    const range = [graph.offsets[vertex]!, graph.offsets[vertex + 1]!] as const;
    const lengths = graph.lengths.subarray(...range);
    return Array.from(graph.targets.subarray(...range), (target, i) => [target, lengths[i]!]);
  };
  assert.deepEqual(edgesOf(node2), [[node8, 6]]);
  assert.deepEqual(edgesOf(node5), [[four, 2], [node8, 3]]);
  assert.deepEqual(edgesOf(node8), [[nine, 4]]);
  assert.deepEqual([edgesOf(four), edgesOf(nine)], [[], []]);
});

Deno.test("pathGraph() of a sampled network leads each edge of a node to another target", async () => {
  for (const links of [goldenLinks("pythia-14m", 143000, 0), await tinyLinks()]) {
    const { offsets, targets, vertices, edges, nodes } = pathGraph(links, 1e5, 1);
    const network = sampledNetwork(links);
    assert.deepEqual([nodes, edges], [network.nodeIds.length, network.lengths.length]);
    assert.ok(targets.length > edges / 2);
    for (let i = 0; i < vertices; i++) {
      const own = targets.subarray(offsets[i]!, offsets[i + 1]!);
      assert.equal(new Set(own).size, own.length, `vertex ${i}`);
    }
  }
});

Deno.test("pathGraph() refuses a weight that is not finite", () => {
  assert.throws(
    () => pathGraph(linkedLayersOf([[[0, 1, 0]]]), 150, 1),
    /from neuron 0 to 1 \(layer 0\) is Infinity/,
  );
});
