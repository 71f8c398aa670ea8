import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { syntheticCheckpoint, syntheticRun, syntheticSteps } from "./synthetic_checkpoint.ts";

Deno.test("every golden checkpoint is made anew with the recorded SHA-256", async () => {
  for (const model of ["pythia-14m", "pythia-70m-deduped"] as const) {
    for (const step of model === "pythia-14m" ? syntheticSteps : [143000] as const) {
      const folder = await syntheticCheckpoint(model, step); // throws where the digest differs
      const size = (await Deno.stat(join(folder, "model.safetensors"))).size;
      assert.equal(size, model === "pythia-14m" ? 2_396_216 : 37_871_880);
    }
  }
});

Deno.test("a synthetic run is a folder named after the model with the steps asked for", async () => {
  const run = await syntheticRun("pythia-14m", [0, 1000]);
  assert.equal(basename(run), "pythia-14m");
  const names = [...Deno.readDirSync(run)].map((entry) => entry.name).sort();
  assert.deepEqual(names, ["step0", "step1000"]);
  assert.notEqual(dirname(run), dirname(await syntheticRun("pythia-14m", [0])));
});
