import assert from "node:assert/strict";
import { learningRate } from "../../../lib/suite/training/learning_rate.ts";
import { RECIPES } from "../../../lib/suite/training/recipe.ts";
import { tinyRecipe } from "./tiny_recipe.ts";

const recipe = {
  ...tinyRecipe,
  learningRate: 1e-3,
  lastLearningRate: 1e-4,
  warmupSteps: 4,
  steps: 12,
};
const rates = Array.from({ length: 12 }, (_, i) => learningRate(recipe, i + 1));

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
}

Deno.test("the learning rate rises in equal steps to its highest", () => {
  [0.25e-3, 0.5e-3, 0.75e-3, 1e-3].forEach((rate, i) => near(rates[i]!, rate));
});

Deno.test("after the warm-up it falls along a cosine to the last one", () => {
  near(rates[7]!, 0.55e-3); // half-way
  near(rates[5]!, 0.55e-3 + 0.45e-3 * Math.SQRT1_2); // a quarter
  near(rates[11]!, 1e-4);
  rates.slice(4).forEach((rate, i) => assert.ok(rate < rates[i + 3]!));
});

Deno.test("without a warm-up the first step is already on the cosine", () => {
  near(learningRate({ ...recipe, warmupSteps: 0, steps: 4 }, 1), 0.55e-3 + 0.45e-3 * Math.SQRT1_2);
});

Deno.test("nano-64 peaks at step 128 and ends at a tenth", () => {
  const nano = RECIPES.get("nano-64")!;
  near(learningRate(nano, 1), 1e-3 / 128);
  near(learningRate(nano, 128), 1e-3);
  near(learningRate(nano, 4096), 1e-4);
});
