import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { encodeText } from "../../../data/training/english/characters.ts";
import { choose } from "../../../data/training/english/choose.ts";
import type { Choice } from "../../../data/training/english/skills/choice.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { toTensors } from "../../../data/training/model/gradients.ts";
import { referenceLogits } from "../model/reference_model.ts";
import { tinyEnglishParameters, tinyEnglishRecipe } from "./tiny_english.ts";

await startBackend();
const { config } = tinyEnglishRecipe;
const parameters = tinyEnglishParameters();

/** Logarithm of the probability of a text's end after its beginning, by definition. */
function logLikelihood(context: string, end: string): number {
  const ids = encodeText(context + end);
  const logits = referenceLogits(config, parameters, ids.subarray(0, -1));
  let sum = 0;
  for (let place = context.length; place < ids.length; place++) {
    const row = logits[place - 1]!;
    sum += row[ids[place]!]! - Math.log(row.reduce((total, x) => total + Math.exp(x), 0));
  }
  return sum;
}

function chosen(choices: readonly Choice[], contextLength: number): boolean[] {
  const tensors = toTensors(parameters);
  const before = tf.memory().numTensors;
  const result = choose(config, tensors, choices, contextLength);
  assert.equal(tf.memory().numTensors, before);
  tf.dispose(tensors);
  return result;
}

const contexts = ["We saw ", "a", "Then the old man of the sea", "and so, "];

Deno.test("a choice is right if the whole right continuation is likelier after the context", () => {
  const choices = contexts.flatMap((context) => [
    { context, right: "an owl", wrong: "a owl" },
    { context, right: '" ', wrong: ' "' },
    { context, right: "T", wrong: "t" },
  ]);
  const expected = choices.map(({ context, right, wrong }) =>
    logLikelihood(context, right) > logLikelihood(context, wrong)
  );
  assert.ok(expected.includes(true) && expected.includes(false));
  assert.deepEqual(chosen(choices, 40), expected);
  const swapped = choices.map(({ context, right, wrong }) => ({
    context,
    right: wrong,
    wrong: right,
  }));
  assert.deepEqual(chosen(swapped, 40), expected.map((answer) => !answer));
});

Deno.test("of a long context the end is read, the same for both continuations", () => {
  const context = contexts.join("").repeat(3);
  // 9 tokens in, and the longer continuation predicted to its last: 10 - 6 are left of the context.
  const [right, wrong] = ["an owl", "a owl"];
  const kept = context.slice(-4);
  assert.deepEqual(
    chosen([{ context, right, wrong }], 9),
    [logLikelihood(kept, right) > logLikelihood(kept, wrong)],
  );
});

Deno.test("more choices than go through the model at once come out in their order", () => {
  const one = contexts.map((context) => ({ context, right: "is it", wrong: "as in" }));
  const many = Array.from({ length: 20 }, () => one).flat()
    .map((choice, i) => ({ ...choice, context: `${i} ${choice.context}` }));
  const expected = many.map(({ context, right, wrong }) =>
    logLikelihood(context, right) > logLikelihood(context, wrong)
  );
  assert.deepEqual(chosen(many, 48), expected);
});
