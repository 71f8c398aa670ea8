import assert from "node:assert/strict";
import type { Parameters } from "../../../data/training/model/parameters.ts";
import {
  adamwStep,
  gradientNorm,
  learningRate,
  zeroMoments,
} from "../../../data/training/training/adamw.ts";
import { type Recipe, RECIPES } from "../../../data/training/training/recipe.ts";
import { tinyRecipe } from "./tiny_recipe.ts";

/** Learning rate 0.1 at step 1 and 0.2 at step 2; numbers that a hand can reckon with. */
const recipe: Recipe = {
  ...tinyRecipe,
  learningRate: 0.2,
  warmupSteps: 2,
  betas: [0.5, 0.75],
  epsilon: 1,
  weightDecay: 0.5,
  clipNorm: 1000,
};

/** A matrix with one weight and a bias, both 1. */
function parametersOfOne(): Parameters {
  return new Map([
    ["w", { shape: [1, 1], values: Float32Array.of(1) }],
    ["b", { shape: [1], values: Float32Array.of(1) }],
  ]);
}

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);
}

Deno.test("two steps of AdamW come out as computed by hand; matrices decay, biases don't", () => {
  const parameters = parametersOfOne();
  const moments = zeroMoments(parameters);
  const value = (name: string) => parameters.get(name)!.values[0]!;

  adamwStep(recipe, 1, parameters, moments, { w: Float32Array.of(2), b: Float32Array.of(-1) });
  // Means corrected for their start are the gradient and its square: 2 / (2 + 1) and -1 / (1 + 1).
  near(value("w"), (1 - 0.1 * 0.5) * 1 - 0.1 * 2 / 3);
  near(value("b"), 1 + 0.1 / 2);

  const [w, b] = [value("w"), value("b")];
  adamwStep(recipe, 2, parameters, moments, { w: Float32Array.of(4), b: Float32Array.of(0) });
  // w: means (1 + 4) / 2 = 2.5 and (3 + 16) / 4 = 4.75; b: -0.25 and 0.1875; both over 1 - beta².
  near(value("w"), (1 - 0.2 * 0.5) * w - 0.2 * (2.5 / 0.75) / (Math.sqrt(4.75 / 0.4375) + 1));
  near(value("b"), b + 0.2 * (0.25 / 0.75) / (Math.sqrt(0.1875 / 0.4375) + 1));
  near(moments.first.get("w")![0]!, 2.5);
  near(moments.second.get("w")![0]!, 4.75);
});

Deno.test("moments start at zero, one for every value", () => {
  const { first, second } = zeroMoments(parametersOfOne());
  for (const moment of [first, second]) {
    assert.deepEqual([...moment], [["w", Float32Array.of(0)], ["b", Float32Array.of(0)]]);
  }
  assert.notEqual(first.get("w"), second.get("w"));
});

Deno.test("the gradient's norm is taken over all parameters together", () => {
  assert.equal(gradientNorm({ w: Float32Array.of(2, 3), b: Float32Array.of(6) }), 7);
  assert.equal(gradientNorm({}), 0);
});

Deno.test("a gradient above the norm allowed is scaled down to it, one below is left alone", () => {
  const firstMoments = (clipNorm: number) => {
    const parameters = parametersOfOne();
    const moments = zeroMoments(parameters);
    const gradients = { w: Float32Array.of(3), b: Float32Array.of(-4) };
    adamwStep({ ...recipe, clipNorm }, 1, parameters, moments, gradients);
    return [moments.first.get("w")![0]!, moments.first.get("b")![0]!];
  };
  const [w, b] = firstMoments(1);
  near(w!, 0.5 * 0.6);
  near(b!, 0.5 * -0.8);
  assert.deepEqual(firstMoments(5), [1.5, -2]);
  assert.deepEqual(firstMoments(50), [1.5, -2]);
});

Deno.test("a gradient of zero changes a parameter by its decay alone", () => {
  const parameters = parametersOfOne();
  const zero = Float32Array.of(0);
  adamwStep(recipe, 1, parameters, zeroMoments(parameters), { w: zero, b: zero });
  near(parameters.get("w")!.values[0]!, 0.95);
  assert.equal(parameters.get("b")!.values[0], 1);
});

Deno.test("a gradient that is not finite is an error that names model and step and changes nothing", () => {
  for (const broken of [NaN, Infinity]) {
    const parameters = parametersOfOne();
    const moments = zeroMoments(parameters);
    const gradients = { w: Float32Array.of(1), b: Float32Array.of(broken) };
    assert.throws(() => adamwStep(recipe, 3, parameters, moments, gradients), {
      message:
        `the gradient of tiny at its step 3 is not finite (norm ${broken}); lower the learning rate`,
    });
    assert.deepEqual(parameters, parametersOfOne());
    assert.deepEqual(moments, zeroMoments(parameters));
  }
});

const schedule = {
  ...tinyRecipe,
  learningRate: 1e-3,
  lastLearningRate: 1e-4,
  warmupSteps: 4,
  steps: 12,
};
const rates = Array.from({ length: 12 }, (_, i) => learningRate(schedule, i + 1));

function nearRate(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
}

Deno.test("the learning rate rises in equal steps to its highest", () => {
  [0.25e-3, 0.5e-3, 0.75e-3, 1e-3].forEach((rate, i) => nearRate(rates[i]!, rate));
});

Deno.test("after the warm-up it falls along a cosine to the last one", () => {
  nearRate(rates[7]!, 0.55e-3); // half-way
  nearRate(rates[5]!, 0.55e-3 + 0.45e-3 * Math.SQRT1_2); // a quarter
  nearRate(rates[11]!, 1e-4);
  rates.slice(4).forEach((rate, i) => assert.ok(rate < rates[i + 3]!));
});

Deno.test("without a warm-up the first step is already on the cosine", () => {
  nearRate(
    learningRate({ ...schedule, warmupSteps: 0, steps: 4 }, 1),
    0.55e-3 + 0.45e-3 * Math.SQRT1_2,
  );
});

Deno.test("nano-64 peaks at step 128 and ends at a tenth", () => {
  const nano = RECIPES.get("nano-64")!;
  nearRate(learningRate(nano, 1), 1e-3 / 128);
  nearRate(learningRate(nano, 128), 1e-3);
  nearRate(learningRate(nano, 4096), 1e-4);
});
