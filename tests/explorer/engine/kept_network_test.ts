import assert from "node:assert/strict";
import { KeptNetwork, MOST_KEPT } from "../../../lib/explorer/engine/kept_network.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { growBoxes } from "../../../lib/networks/grow_boxes.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";

Deno.test("a kept network has the masses of growBoxes() at every threshold, also between integers and beyond what is kept", async () => {
  const run = await openRun("suite:nano-32");
  for await (const sample of sampleNetworks(run, { samples: 1, steps: [0, 4096] })) {
    const kept = new KeptNetwork(sample);
    for (const threshold of [2, 3, 17, 50, 59.6, 150, MOST_KEPT, MOST_KEPT + 1]) {
      for (const minimumEdges of [0, 10]) {
        const boxes = { threshold, minimumEdges, digits: 0 };
        assert.deepEqual(kept.grow(boxes), growBoxes(sample.network, boxes), `${threshold}`);
      }
    }
    const finer = { threshold: 20, minimumEdges: 10, digits: 1 };
    assert.deepEqual(kept.grow(finer), growBoxes(sample.network, finer));
  }
});

Deno.test("lengths halfway between two integers count as they do in growBoxes(), at and beside the threshold", () => {
  const network = {
    nodeIds: Int32Array.of(1),
    nodeLayers: Uint16Array.of(0),
    offsets: Uint32Array.of(0, 9),
    layers: [{ name: "a", block: 0, role: "a", size: 1, learned: true }],
    lengths: Float64Array.of(1, 1.25, 1.5, 2.5, 3.5, 4.5, 4, 300.5, Infinity),
  };
  const kept = new KeptNetwork({ step: 0, sample: 0, digest: "", network });
  for (let threshold = 2; threshold < 302; threshold++) {
    const boxes = { threshold, minimumEdges: 0, digits: 0 };
    assert.deepEqual(kept.grow(boxes), growBoxes(network, boxes), `${threshold}`);
  }
});
