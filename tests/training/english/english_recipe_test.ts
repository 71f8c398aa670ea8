import assert from "node:assert/strict";
import { ENGLISH_RECIPES } from "../../../data/training/english/english_recipe.ts";
import { RECIPES } from "../../../data/training/training/recipe.ts";

Deno.test("an English model differs from its size in symbols and checkpoints alone", () => {
  assert.deepEqual([...ENGLISH_RECIPES.keys()], ["nano-64-english", "nano-96-english"]);
  for (const [name, recipe] of ENGLISH_RECIPES) {
    const size = RECIPES.get(name.replace("-english", ""))!;
    const { text: _, ...same } = size;
    assert.deepEqual(recipe, {
      ...same,
      model: name,
      config: { ...size.config, vocab_size: 83 },
      checkpointSteps: recipe.checkpointSteps,
    });
    assert.deepEqual(recipe.checkpointSteps.toSorted((a, b) => a - b), recipe.checkpointSteps);
    assert.equal(recipe.checkpointSteps[0], 0);
    assert.equal(recipe.checkpointSteps.at(-1), recipe.steps);
  }
});
