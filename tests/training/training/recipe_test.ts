import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { Corpus } from "../../../data/training/corpus.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { huggingFaceConfig } from "../../../data/training/model/config.ts";
import { lossAndGradients } from "../../../data/training/model/loss.ts";
import { initialParameters } from "../../../data/training/model/parameters.ts";
import { adamwStep, zeroMoments } from "../../../data/training/training/adamw.ts";
import { RECIPES } from "../../../data/training/training/recipe.ts";
import { saveCheckpoint } from "../../../data/training/training/train.ts";
import { VOCABULARY } from "../../../data/training/vocabulary.ts";

const nano = RECIPES.get("nano-64")!;

Deno.test("recipes are listed by the name of their model", () => {
  assert.deepEqual([...RECIPES.keys()], [
    ...["nano-32", "nano-48", "nano-48-seed2", "nano-48-seed3", "nano-48-deduped", "nano-64"],
    ...["nano-96", "nano-32-random", "nano-64-shuffled"],
    ...["nano-32-nodecay", "nano-32-decay03", "nano-64-nodecay", "nano-64-decay03"],
    ...["nano-64-seed2", "nano-64-nodecay-seed2", "nano-64-decay03-seed2"],
  ]);
  for (const [name, { model }] of RECIPES) assert.equal(model, name);
});

for (const [name, recipe] of RECIPES) {
  Deno.test(`${name} keeps checkpoints at ascending steps from 0 to its last`, () => {
    const { checkpointSteps, steps, warmupSteps } = recipe;
    assert.deepEqual(checkpointSteps.toSorted((a, b) => a - b), checkpointSteps);
    assert.equal(new Set(checkpointSteps).size, checkpointSteps.length);
    assert.equal(checkpointSteps[0], 0);
    assert.equal(checkpointSteps.at(-1), steps);
    assert.ok(warmupSteps < steps - (recipe.start?.step ?? 0));
    // A model that goes on is compared with the untrained one and with the one that it started from.
    if (recipe.start) assert.equal(checkpointSteps[1], recipe.start.step);
  });

  Deno.test(`${name} has a symbol for every token and heads that divide its width`, () => {
    const { hidden_size, num_attention_heads, intermediate_size, vocab_size } = recipe.config;
    assert.equal(vocab_size, VOCABULARY.length);
    assert.equal(hidden_size % num_attention_heads, 0);
    assert.equal(intermediate_size, 4 * hidden_size);
  });
}

Deno.test("a twin of another weight decay differs from its size in that alone", () => {
  for (const [size, decays] of [["nano-32", [0, 0.3]], ["nano-64", [0, 0.3]]] as const) {
    for (const [i, suffix] of ["-nodecay", "-decay03"].entries()) {
      const { model: _, checkpointSteps, weightDecay, ...rest } = RECIPES.get(size + suffix)!;
      const { model: __, checkpointSteps: all, weightDecay: ___, ...same } = RECIPES.get(size)!;
      assert.deepEqual(rest, same);
      assert.equal(weightDecay, decays[i]);
      assert.ok(checkpointSteps.every((step) => all.includes(step)));
    }
  }
});

Deno.test("a recipe that goes on from a model has its sizes and seed", () => {
  for (const { start, config, seed } of RECIPES.values()) {
    if (!start) continue;
    const before = RECIPES.get(start.model)!;
    assert.deepEqual({ config, seed }, { config: before.config, seed: before.seed });
    assert.ok(before.checkpointSteps.includes(start.step));
  }
});

Deno.test("training nano-64 begins with the bundled checkpoints of step 0 and 1, byte for byte", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const parameters = initialParameters(nano.config, nano.seed);
    const digest = async (step: number) => {
      await saveCheckpoint(folder, huggingFaceConfig(nano.config), step, parameters);
      const file = await Deno.readFile(join(folder, `step${step}`, "model.safetensors"));
      return createHash("sha256").update(file).digest("hex");
    };
    assert.equal(
      await digest(0),
      "22d99f365f4405ad4c72cbb8455565ed0e4756ff3264539f3f7d0cd80627e2d6",
    );
    await startBackend();
    const corpus = new Corpus({ seed: nano.seed, contextLength: 128 });
    const batch = Array.from({ length: 32 }, (_, i) => corpus.trainingSequence(i));
    const { gradients } = lossAndGradients(nano.config, parameters, batch);
    adamwStep(nano, 1, parameters, zeroMoments(parameters), gradients);
    assert.equal(
      await digest(1),
      "6e4c835ca64edb1ef7a682018abe972d4ea93aac3f2396f6e242518f7d6f2be6",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
