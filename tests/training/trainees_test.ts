import assert from "node:assert/strict";
import { SUITE_MODELS, suiteTrainee } from "../../data/training/trainees.ts";

Deno.test("every model of the suite can be trained by its name, language or image model", () => {
  assert.ok(SUITE_MODELS.includes("nano-64") && SUITE_MODELS.includes("nano-cnn"));
  for (const model of ["nano-32", "nano-cnn", "nano-mlp"]) {
    assert.equal(suiteTrainee(model).recipe.model, model);
  }
  assert.equal(suiteTrainee("nano-64").config.model_type, "gpt_neox");
  assert.throws(() => suiteTrainee("nano-65"), /there is no recipe for nano-65; models: nano-32,/);
});
