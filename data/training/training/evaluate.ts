import * as tf from "@tensorflow/tfjs";
import type { Corpus } from "../corpus.ts";
import { forward } from "../model/forward.ts";
import { toTensors } from "../model/gradients.ts";
import { batchLoss, inputTokens } from "../model/loss.ts";
import type { Parameters } from "../model/parameters.ts";
import type { SkillItem } from "../skills/skill.ts";
import { encode, LINE_END } from "../vocabulary.ts";
import type { Recipe } from "./recipe.ts";
import { meanScore, type Score, type Scores } from "./scores.ts";

/** Held-out sequences on which the loss is measured. */
export const HELD_OUT_SEQUENCES = 64;
/** Items that go through the model at once. */
const ITEMS_AT_ONCE = 64;
/** Context that holds the longest item with its line end. */
const ITEM_LENGTH = 32;

/**
 * Which items the model answers exactly, line end included. Every answer symbol is predicted from the prompt and the
 * right symbols before it; all of them being the likeliest is the same as greedy decoding giving the answer.
 */
function exactMatches(
  recipe: Recipe,
  tensors: Record<string, tf.Tensor>,
  items: readonly SkillItem[],
): boolean[] {
  const lines = items.map(({ prompt, answer }) => encode([...prompt, ...answer, LINE_END]));
  const batch = lines.map((line) => {
    const padded = new Uint8Array(ITEM_LENGTH + 1);
    padded.set(line);
    return padded;
  });
  const prediction = tf.tidy(() => {
    const tokens = inputTokens(batch, recipe.config.vocab_size);
    return tf.argMax(forward(recipe.config, tensors, tokens, ITEM_LENGTH), 1);
  });
  const likeliest = prediction.dataSync();
  prediction.dispose();
  return lines.map((line, i) =>
    line.every((symbol, place) =>
      place < items[i]!.prompt.length || likeliest[i * ITEM_LENGTH + place - 1] === symbol
    )
  );
}

/** Score a model on the corpus's held-out text and items. */
export function evaluate(recipe: Recipe, parameters: Parameters, corpus: Corpus): Scores {
  const tensors = toTensors(parameters);
  const losses = Array.from(
    { length: HELD_OUT_SEQUENCES },
    (_, i) =>
      tf.tidy(() => batchLoss(recipe.config, tensors, [corpus.heldOutSequence(i)]).dataSync()[0]!),
  );
  const skills = new Map<string, Score>();
  for (const [skill, items] of corpus.heldOut) {
    const matches: number[] = [];
    for (let i = 0; i < items.length; i += ITEMS_AT_ONCE) {
      matches.push(...exactMatches(recipe, tensors, items.slice(i, i + ITEMS_AT_ONCE)).map(Number));
    }
    skills.set(skill, meanScore(matches));
  }
  tf.dispose(tensors);
  return { heldOutLoss: meanScore(losses), skills };
}
