import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { CHARACTERS, encodeText } from "../../../data/training/english/characters.ts";
import { writeText } from "../../../data/training/english/write_text.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { toTensors } from "../../../data/training/model/gradients.ts";
import { RandomStream } from "../../../data/training/random_stream.ts";
import { referenceLogits } from "../model/reference_model.ts";
import { tinyEnglishParameters, tinyEnglishRecipe } from "./tiny_english.ts";

await startBackend();
const { config } = tinyEnglishRecipe;
const parameters = tinyEnglishParameters();

/** One character after the other from the whole text before it, by definition. */
function written(prompt: string, length: number, random: RandomStream): string {
  let text = prompt;
  while (text.length < prompt.length + length) {
    const weights = referenceLogits(config, parameters, encodeText(text)).at(-1)!.map(Math.exp);
    let rest = random.uniform(0, 1) * weights.reduce((sum, weight) => sum + weight, 0);
    text += CHARACTERS[weights.findIndex((weight) => (rest -= weight) < 0)];
  }
  return text.slice(prompt.length);
}

Deno.test("a model writes on from each prompt with its own draws and the probabilities of the text so far", () => {
  const prompts = ["We saw it. ", "The ship is"];
  const tensors = toTensors(parameters);
  const before = tf.memory().numTensors;
  const streams = () => prompts.map((_, i) => new RandomStream(4, i));
  const texts = writeText(config, tensors, prompts, 12, streams());
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(texts, prompts.map((prompt, i) => written(prompt, 12, streams()[i]!)));
  assert.deepEqual(writeText(config, tensors, prompts, 12, streams()), texts);
  tf.dispose(tensors);
});
