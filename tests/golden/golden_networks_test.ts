import assert from "node:assert/strict";
import { join } from "node:path";
import { sampleNodes } from "../../lib/networks/node_sample.ts";
import { sampledNetwork } from "../../lib/networks/sampled_network.ts";
import { goldenNetwork, linksFromFile } from "./golden_networks.ts";
import { syntheticCheckpoint } from "./synthetic_checkpoint.ts";

Deno.test("goldenNetwork() has the weights of the whole checkpoint, whose digest is checked", async () => {
  for (const step of [0, 143000] as const) {
    const path = join(await syntheticCheckpoint("pythia-14m", step), "model.safetensors");
    for (const sample of [0, 7]) {
      const drawn = sampleNodes({ sample, blocks: 6, features: 128, layerSample: 32 });
      const expected = sampledNetwork(await linksFromFile(path, drawn, 128));
      assert.deepEqual(goldenNetwork("pythia-14m", step, sample), expected);
    }
  }
});
