import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { startBackend } from "../../../data/training/model/backend.ts";
import { suiteFolder } from "../../../lib/checkpoints/suite_folder.ts";
import { adamwStep, zeroMoments } from "../../../data/training/training/adamw.ts";
import { saveCheckpoint } from "../../../data/training/training/train.ts";
import { IMAGE_RECIPES } from "../../../data/training/vision/image_recipe.ts";
import { imageTrainee } from "../../../data/training/vision/image_trainee.ts";
import { withFolder } from "../../helpers/with_folder.ts";

await startBackend();

for (const [name, recipe] of IMAGE_RECIPES) {
  Deno.test(`${name} keeps at least 15 checkpoints at ascending steps from 0 to its last`, () => {
    const { model, checkpointSteps, steps } = recipe;
    assert.equal(model, name);
    assert.deepEqual([...new Set(checkpointSteps)].sort((a, b) => a - b), checkpointSteps);
    assert.equal(checkpointSteps[0], 0);
    assert.equal(checkpointSteps.at(-1), steps);
    assert.ok(checkpointSteps.length >= 15);
  });

  Deno.test(`training ${name} begins with its bundled checkpoints of step 0 and 1, byte for byte`, () =>
    withFolder(async (folder) => {
      const trainee = imageTrainee(recipe);
      const parameters = trainee.initialParameters();
      const digest = async (folder: string, step: number) => {
        const file = await Deno.readFile(`${folder}/step${step}/model.safetensors`);
        return createHash("sha256").update(file).digest("hex");
      };
      const bundled = await suiteFolder(name);
      await saveCheckpoint(folder, trainee.config, 0, parameters);
      assert.equal(await digest(folder, 0), await digest(bundled, 0));
      const { gradients } = trainee.lossAndGradients(parameters, 0);
      adamwStep(recipe, 1, parameters, zeroMoments(parameters), gradients);
      await saveCheckpoint(folder, trainee.config, 1, parameters);
      assert.equal(await digest(folder, 1), await digest(bundled, 1));
    }));
}
