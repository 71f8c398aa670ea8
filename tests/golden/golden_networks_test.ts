import assert from "node:assert/strict";
import { join } from "node:path";
import { sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { sampledNetwork } from "../../lib/networks/network.ts";
import { gptNeoXOf } from "../networks/gpt_neox_of.ts";
import { goldenNetwork, linksFromFile } from "./golden_networks.ts";
import { syntheticCheckpoint } from "./synthetic_checkpoint.ts";

Deno.test("goldenNetwork() has the weights of the whole checkpoint, whose digest is checked", async () => {
  for (const step of [0, 143000] as const) {
    const path = join(await syntheticCheckpoint("pythia-14m", step), "model.safetensors");
    for (const sample of [0, 7]) {
      const architecture = gptNeoXOf(6, 128);
      const drawn = sampleNodes(architecture, { sample, layerSample: 32 });
      const expected = sampledNetwork(await linksFromFile(path, architecture, drawn));
      assert.deepEqual(goldenNetwork("pythia-14m", step, sample), expected);
    }
  }
});
