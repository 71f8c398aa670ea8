import assert from "node:assert/strict";
import { linkedNeurons } from "../../lib/networks/linked_neurons.ts";
import { sampleNodes } from "../../lib/networks/node_sample.ts";

const hidden = 8;
const sample = sampleNodes({ sample: 3, blocks: 2, features: hidden, layerSample: 3 });

Deno.test("linkedNeurons() joins the neurons drawn from neighbouring layers, and a block to the next", () => {
  const [first, last] = linkedNeurons(sample, hidden, "sampled");
  const { n1, n2, n3, n4, n5 } = sample.blocks[0]!;
  assert.deepEqual(first, {
    queryKeyValue: { sources: n1, targets: n2 },
    attention: { sources: n2, targets: n3 },
    dense: { sources: n3, targets: n4 },
    denseHTo4h: { sources: n4, targets: n5 },
    dense4hToH: { sources: n5, targets: sample.blocks[1]!.n1 },
  });
  assert.deepEqual(last!.dense4hToH, { sources: sample.blocks[1]!.n5, targets: sample.n6 });
});

Deno.test("linkedNeurons() with all edges keeps the sources and reaches every neuron of the next layer", () => {
  const sampled = linkedNeurons(sample, hidden, "sampled");
  const all = linkedNeurons(sample, hidden, "all");
  const sizes = { queryKeyValue: 24, attention: 8, dense: 8, denseHTo4h: 32, dense4hToH: 8 };
  assert.equal(all.length, 2);
  all.forEach((block, i) => {
    for (const [step, size] of Object.entries(sizes)) {
      const { sources, targets } = block[step as keyof typeof sizes];
      assert.deepEqual(sources, sampled[i]![step as keyof typeof sizes].sources);
      assert.deepEqual([...targets], [...Array(size).keys()], step);
    }
  });
});

Deno.test("linkedNeurons() reaches neurons of the whole model where a sample was drawn from fewer", () => {
  const few = sampleNodes({ sample: 0, blocks: 1, features: 4, layerSample: 2 });
  assert.equal(linkedNeurons(few, hidden, "all")[0]!.queryKeyValue.targets.length, 3 * hidden);
});
