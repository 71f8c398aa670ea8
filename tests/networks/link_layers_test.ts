import assert from "node:assert/strict";
import { linkedNeurons, linkLayers } from "../../lib/networks/link_layers.ts";
import { sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { gptNeoXOf } from "./gpt_neox_of.ts";
import { tinyLinks, tinySample } from "./tiny_network.ts";

const one = gptNeoXOf(1, 8);
const sample = sampleNodes(one, { sample: 0, layerSample: 2 });
const weights = [12, 4, 8, 8].map((length) => new Float64Array(length));

Deno.test("linkLayers() has all layers but the last, only query, key, value without learned edges", async () => {
  const { layers } = await tinyLinks();
  assert.deepEqual(layers.map(({ size }) => size), [8, 24, 8, 8, 32, 8, 24, 8, 8, 32]);
  assert.deepEqual(layers.filter(({ learned }) => !learned).map(({ name }) => name), [
    "block 0 query, key, value",
    "block 1 query, key, value",
  ]);
  assert.equal(new Set(layers.map(({ name }) => name)).size, 10);
});

Deno.test("linkLayers() leads each block's outputs into the next block's inputs", async () => {
  const { links } = await tinyLinks();
  assert.deepEqual(links.map(({ layer }) => layer), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(links[4]!.targets, links[5]!.sources);
  assert.deepEqual(links[4]!.targets, tinySample.layers[5]!.map((n) => 80 + n));
  assert.deepEqual(links[9]!.targets, tinySample.layers[10]!.map((n) => 160 + n));
});

Deno.test("linkLayers() with the true sizes keeps the slip of drawing from fewer neurons apart", () => {
  const ones = (hidden: number) =>
    linkLayers(gptNeoXOf(1, hidden), sample, weights).links[1]!.weights.reduce(
      (sum, weight) => sum + weight,
      0,
    );
  assert.equal(ones(8), 2 + 4 * 2);
  // All rows drawn lie in the identity part of a layer of 32.
  assert.equal(ones(32), 2);
});

Deno.test("linkLayers() pairs the halves of a layer with another where a pattern says so", () => {
  const layers = [8, 4, 1].map((size, i) => ({
    ...{ name: `layer ${i}`, block: 0, role: "layer", size, learned: i !== 0 },
  }));
  const patterns = [{ role: "gating", block: 0, from: 0, to: 1, paired: 8 }];
  const drawn = { layers: [[3, 1, 7, 5], [3, 1], [0]].map((neurons) => Int32Array.from(neurons)) };
  for (const edges of ["sampled", "all"] as const) {
    const { links } = linkLayers({ layers, matrices: [], patterns }, drawn, [], { edges });
    const [{ sources, targets, weights } = assert.fail()] = links;
    assert.deepEqual([[...sources], [...targets]], [[3, 1, 7, 5], [8 + 3, 8 + 1]]);
    assert.deepEqual([...weights], [1, 0, 0, 1, 1, 0, 0, 1]);
  }
});

Deno.test("linkLayers() refuses weights that do not fit the sample, naming matrix and block", () => {
  assert.throws(
    () => linkLayers(one, sample, weights.with(1, new Float64Array(5))),
    /attention\.dense of block 0 holds 5 weights, but 2 × 2 neurons/,
  );
  assert.throws(
    () => linkLayers(one, sample, weights.slice(1)),
    /The weights of 3 matrices were given, but there are 4; give one entry for each/,
  );
});

const { layers, matrices, patterns, draws } = gptNeoXOf(2, 8);
const drawnNodes = sampleNodes({ layers, draws }, { sample: 3, layerSample: 3 });
const everything = [...matrices, ...patterns];

Deno.test("linkedNeurons() joins the neurons drawn from neighbouring layers, and a block to the next", () => {
  const pairs = everything.map((joins) => {
    const { sources, targets } = linkedNeurons(joins, layers, drawnNodes, "sampled");
    return [
      drawnNodes.layers.indexOf(sources),
      drawnNodes.layers.findIndex((drawn) => same(drawn, targets)),
    ];
  });
  assert.deepEqual(pairs, [
    ...[[0, 1], [2, 3], [3, 4], [4, 5]],
    ...[[5, 6], [7, 8], [8, 9], [9, 10]],
    ...[[1, 2], [6, 7]],
  ]);
});

Deno.test("linkedNeurons() with all edges keeps the sources and reaches every neuron of the next layer", () => {
  const sizes = [24, 8, 32, 8, 24, 8, 32, 8, 8, 8];
  for (const [i, joins] of everything.entries()) {
    const all = linkedNeurons(joins, layers, drawnNodes, "all");
    assert.equal(all.sources, drawnNodes.layers[joins.from]);
    assert.deepEqual([...all.targets], [...Array(sizes[i]!).keys()], joins.role);
  }
});

Deno.test("linkedNeurons() reaches neurons of the whole model where a sample was drawn from fewer", () => {
  const few = sampleNodes(gptNeoXOf(2, 4), { sample: 0, layerSample: 2 });
  assert.equal(linkedNeurons(matrices[0]!, layers, few, "all").targets.length, 24);
});

Deno.test("linkedNeurons() of a matrix that leads to a part of a layer reaches that part", () => {
  const keys = { ...matrices[0]!, first: 8, rows: 8 };
  const drawn = drawnNodes.layers[1]!;
  assert.deepEqual(
    linkedNeurons(keys, layers, drawnNodes, "sampled").targets,
    drawn.slice(3, 6),
  );
  const all = linkedNeurons(keys, layers, drawnNodes, "all").targets;
  assert.deepEqual([...all], [8, 9, 10, 11, 12, 13, 14, 15]);
});

Deno.test("linkedNeurons() of a pattern of pairs reaches what is drawn, also with all edges", () => {
  const pairs = { ...patterns[0]!, paired: 24 };
  assert.equal(
    linkedNeurons(pairs, layers, drawnNodes, "all").targets,
    drawnNodes.layers[2],
  );
});

function same(a: Int32Array, b: Int32Array): boolean {
  return a.join() === b.join();
}
