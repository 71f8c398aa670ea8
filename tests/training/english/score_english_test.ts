import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { choose } from "../../../data/training/english/choose.ts";
import { EnglishCorpus } from "../../../data/training/english/english_corpus.ts";
import { englishItems } from "../../../data/training/english/english_items.ts";
import { scoreEnglish } from "../../../data/training/english/score_english.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { toTensors } from "../../../data/training/model/gradients.ts";
import { meanScore } from "../../../data/training/training/scores.ts";
import { average, referenceLosses } from "../model/reference_model.ts";
import { tinyEnglishParameters, tinyEnglishRecipe, tinySources } from "./tiny_english.ts";

await startBackend();
const { config } = tinyEnglishRecipe;
const parameters = tinyEnglishParameters();
const corpus = new EnglishCorpus({ seed: 7, contextLength: 24, sources: tinySources });
const items = englishItems(corpus);

Deno.test("scores are the loss on held-out sequences, spelling, and the share of right choices", () => {
  const before = tf.memory().numTensors;
  const { heldOutLoss, skills } = scoreEnglish(config, parameters, items);
  assert.equal(tf.memory().numTensors, before);
  const losses = items.sequences.map((sequence) =>
    average(referenceLosses(config, parameters, sequence))
  );
  assert.ok(Math.abs(heldOutLoss.value - average(losses)) < 1e-5);
  assert.ok(Math.abs(heldOutLoss.stderr - meanScore(losses).stderr) < 1e-5);
  assert.deepEqual([...skills.keys()], [
    ...["spelling", "capitals", "articles", "quotations", "parentheses"],
  ]);
  const tensors = toTensors(parameters);
  const right = choose(config, tensors, items.choices.get("articles")!, 64).map(Number);
  tf.dispose(tensors);
  assert.ok(right.length >= 4);
  assert.deepEqual(skills.get("articles"), meanScore(right));
  assert.equal(skills.get("spelling")!.value, 0);
});

Deno.test("a model that knows one character only spells the word made of it", () => {
  const words = new Set(["aaaa"]);
  const one = new Map([...parameters].map(([name, { shape, values }]) => {
    // The last norm puts out the same for every token, and the output likes a space after all that.
    const changed = values.slice();
    if (name === "gpt_neox.final_layer_norm.weight") changed.fill(0);
    if (name === "gpt_neox.final_layer_norm.bias") changed.fill(1);
    if (name === "embed_out.weight") {
      const [a, space] = [83 - 26, 1];
      changed.fill(-9);
      changed.fill(9, a * 16, (a + 1) * 16);
      changed.fill(8.9, space * 16, (space + 1) * 16);
    }
    return [name, { shape, values: changed }];
  }));
  const { skills } = scoreEnglish(config, one, { ...items, vocabulary: words });
  // a is drawn with probability 0.83, so four in a row and then a space are 0.17 of the words of four or more.
  const { value, stderr } = skills.get("spelling")!;
  const share = 1 / (1 + Math.exp(0.1 * 16));
  assert.ok(Math.abs(value - share) < 4 * stderr, `${value} ± ${stderr}, not ${share}`);
  assert.ok(stderr > 0.005 && stderr < 0.05);
});
