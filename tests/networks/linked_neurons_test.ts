import assert from "node:assert/strict";
import { linkedNeurons } from "../../lib/networks/linked_neurons.ts";
import { sampleNodes } from "../../lib/networks/node_sample.ts";
import { gptNeoXOf } from "./gpt_neox_of.ts";

const { layers, matrices, patterns, draws } = gptNeoXOf(2, 8);
const sample = sampleNodes({ layers, draws }, { sample: 3, layerSample: 3 });
const everything = [...matrices, ...patterns];

Deno.test("linkedNeurons() joins the neurons drawn from neighbouring layers, and a block to the next", () => {
  const pairs = everything.map((joins) => {
    const { sources, targets } = linkedNeurons(joins, layers, sample, "sampled");
    return [
      sample.layers.indexOf(sources),
      sample.layers.findIndex((drawn) => same(drawn, targets)),
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
    const all = linkedNeurons(joins, layers, sample, "all");
    assert.equal(all.sources, sample.layers[joins.from]);
    assert.deepEqual([...all.targets], [...Array(sizes[i]!).keys()], joins.role);
  }
});

Deno.test("linkedNeurons() reaches neurons of the whole model where a sample was drawn from fewer", () => {
  const few = sampleNodes(gptNeoXOf(2, 4), { sample: 0, layerSample: 2 });
  assert.equal(linkedNeurons(matrices[0]!, layers, few, "all").targets.length, 24);
});

Deno.test("linkedNeurons() of a matrix that leads to a part of a layer reaches that part", () => {
  const keys = { ...matrices[0]!, first: 8, rows: 8 };
  const drawn = sample.layers[1]!;
  assert.deepEqual(linkedNeurons(keys, layers, sample, "sampled").targets, drawn.slice(3, 6));
  const all = linkedNeurons(keys, layers, sample, "all").targets;
  assert.deepEqual([...all], [8, 9, 10, 11, 12, 13, 14, 15]);
});

Deno.test("linkedNeurons() of a pattern of pairs reaches what is drawn, also with all edges", () => {
  const pairs = { ...patterns[0]!, paired: 24 };
  assert.equal(linkedNeurons(pairs, layers, sample, "all").targets, sample.layers[2]);
});

function same(a: Int32Array, b: Int32Array): boolean {
  return a.join() === b.join();
}
