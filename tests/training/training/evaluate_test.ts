import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { Corpus } from "../../../data/training/corpus.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { initialParameters, type Parameters } from "../../../data/training/model/parameters.ts";
import { RandomStream } from "../../../data/training/random_stream.ts";
import { evaluate, HELD_OUT_SEQUENCES } from "../../../data/training/training/evaluate.ts";
import type { Recipe } from "../../../data/training/training/recipe.ts";
import { LINE_END, VOCABULARY } from "../../../data/training/vocabulary.ts";
import { average, referenceLosses } from "../model/reference_model.ts";
import { tinyRecipe } from "./tiny_recipe.ts";

await startBackend();
const corpus = new Corpus({ seed: 7, contextLength: 24 });

/** One layer as wide as the vocabulary, so that a model can know what follows each symbol. */
const wide: Recipe = {
  ...tinyRecipe,
  config: { ...tinyRecipe.config, hidden_size: 80, num_attention_heads: 1, intermediate_size: 1 },
};

/** A model that looks at one symbol only and says what `next` says, or else "?". */
function bigramModel(next: Readonly<Record<string, string>>): Parameters {
  const parameters = initialParameters(wide.config, 1);
  for (const { values, shape } of parameters.values()) if (shape.length > 1) values.fill(0);
  const embedding = parameters.get("gpt_neox.embed_in.weight")!.values;
  const output = parameters.get("embed_out.weight")!.values;
  VOCABULARY.forEach((symbol, id) => {
    embedding[80 * id + id] = 1;
    output[80 * VOCABULARY.indexOf(next[symbol] ?? "?") + id] = 1;
  });
  return parameters;
}

/** Share of a skill's held-out items whose answer is just this. */
function shareOf(skill: string, answer: string): number {
  const items = corpus.heldOut.get(skill)!;
  return items.filter((item) => item.answer.join(" ") === answer).length / items.length;
}

Deno.test("a model that closes one pair in the right order is scored by the items it answers", () => {
  const model = bigramModel({ "=": "]", "]": ")", ")": LINE_END });
  const { skills } = evaluate(wide, model, corpus);
  const share = shareOf("brackets", "] )");
  assert.ok(share > 0);
  const { value, stderr } = skills.get("brackets")!;
  assert.equal(value, share);
  assert.ok(Math.abs(stderr - Math.sqrt(share * (1 - share) / 255)) < 1e-12);
  for (const [skill, score] of skills) {
    if (skill !== "brackets") assert.deepEqual(score, { value: 0, stderr: 0 }, skill);
  }
});

Deno.test("an answer counts only if the line ends after it", () => {
  const { skills } = evaluate(wide, bigramModel({ "=": "]", "]": ")" }), corpus);
  assert.equal(skills.get("brackets")!.value, 0);
});

Deno.test("the loss is the mean over 64 held-out sequences with the standard error of their scatter", () => {
  const parameters = new Map(
    [...initialParameters(tinyRecipe.config, 1)].map(([name, { shape, values }]) => {
      const noise = new RandomStream(3, name).normal(values.length, 0.3);
      return [name, { shape, values: values.map((value, i) => value + noise[i]!) }];
    }),
  );
  const tensorsBefore = tf.memory().numTensors;
  const { heldOutLoss: { value, stderr }, skills } = evaluate(tinyRecipe, parameters, corpus);
  assert.equal(tf.memory().numTensors, tensorsBefore);
  const losses = Array.from(
    { length: 64 },
    (_, i) => average(referenceLosses(tinyRecipe.config, parameters, corpus.heldOutSequence(i))),
  );
  const mean = average(losses);
  const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 63;
  assert.ok(Math.abs(value - mean) < 1e-5, `${value} ${mean}`);
  assert.ok(Math.abs(stderr - Math.sqrt(variance / 64)) < 1e-5, `${stderr}`);
  assert.equal(HELD_OUT_SEQUENCES, 64);
  assert.deepEqual([...skills.keys()], [...corpus.heldOut.keys()]);
});
