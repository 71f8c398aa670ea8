import assert from "node:assert/strict";
import { type Link, sampledNetwork, sourceRows } from "../../lib/networks/network.ts";
import { allClose } from "../golden/golden.ts";
import { tiny, tinyLinks } from "./tiny_network.ts";

Deno.test("sampledNetwork() has the published code's nodes, each with its lengths in order", async () => {
  const { nodeIds, offsets, lengths, nodeLayers, layers } = sampledNetwork(await tinyLinks());
  assert.deepEqual([...nodeIds], tiny.keys);
  assert.equal(offsets.length, tiny.keys.length + 1);
  tiny.nodes.forEach((expected, i) => {
    allClose(lengths.subarray(offsets[i]!, offsets[i + 1]!), expected, 0, `node ${nodeIds[i]}`);
  });
  assert.equal(layers[nodeLayers[tiny.keys.indexOf(60)]!]!.role, "feed-forward hidden");
  assert.equal(layers[nodeLayers[tiny.keys.indexOf(107)]!]!.name, "block 1 query, key, value");
});

const layers = [{ name: "input", block: 0, role: "input", size: 4, learned: true }];
const sources = Int32Array.of(2, 1), targets = Int32Array.of(8, 9);

Deno.test("sampledNetwork() leaves out a neuron whose weights are all zero", () => {
  const links = [{ layer: 0, sources, targets, weights: Float64Array.of(0, -0, 0, 0.5) }];
  const network = sampledNetwork({ layers, links });
  assert.deepEqual([...network.nodeIds], [1]);
  assert.deepEqual([...network.offsets], [0, 1]);
  assert.deepEqual([...network.lengths], [2]);
});

Deno.test("sampledNetwork() joins the edges of a neuron that is a source of two links", () => {
  const network = sampledNetwork({
    layers,
    links: [
      { layer: 0, sources, targets, weights: Float64Array.of(1, 0.5, 0.25, 0.125) },
      { layer: 0, sources, targets, weights: Float64Array.of(0.0625, 0, 0, 0) },
    ],
  });
  assert.deepEqual([...network.nodeIds], [1, 2]);
  assert.deepEqual([...network.offsets], [0, 2, 5]);
  assert.deepEqual([...network.lengths], [4, 8, 1, 2, 16]);
});

Deno.test("sampledNetwork() refuses a weight that is not finite, naming the edge", () => {
  for (const bad of [NaN, Infinity]) {
    const links = [{ layer: 0, sources, targets, weights: Float64Array.of(1, 1, 1, bad) }];
    assert.throws(
      () => sampledNetwork({ layers, links }),
      new RegExp(`from neuron 1 to 9 \\(input\\) is ${bad}`),
    );
  }
});

Deno.test("sourceRows() lists ascending ids, and the rows of one neuron in the order of the links", () => {
  const link = (...sources: number[]): Link => ({
    layer: 0,
    sources: Int32Array.from(sources),
    targets: Int32Array.of(9),
    weights: new Float64Array(sources.length),
  });
  const links = [link(7, 3), link(5, 3), link(3)];
  assert.deepEqual(
    sourceRows(links).map(({ id, link, row }) => [id, links.indexOf(link), row]),
    [[3, 0, 1], [3, 1, 1], [3, 2, 0], [5, 1, 0], [7, 0, 0]],
  );
});
