import * as tf from "@tensorflow/tfjs";
import type { ModelConfig } from "../model/config.ts";
import { toTensors } from "../model/gradients.ts";
import { batchLoss } from "../model/loss.ts";
import type { Parameters } from "../model/parameters.ts";
import { meanScore, type Score, type Scores } from "../training/scores.ts";
import { choose } from "./choose.ts";
import { CHOICE_SKILLS } from "./choice_skills.ts";
import { type EnglishItems, WRITTEN_LENGTH } from "./english_items.ts";
import { spellingScore } from "./skills/spelling.ts";
import { writeText } from "./write_text.ts";

/** Score a model on held-out English: cross entropy a character in nats, spelling, and every choice. */
export function scoreEnglish(
  config: ModelConfig,
  parameters: Parameters,
  items: EnglishItems,
): Scores {
  const tensors = toTensors(parameters);
  const losses = items.sequences.map((sequence) =>
    tf.tidy(() => batchLoss(config, tensors, [sequence]).dataSync()[0]!)
  );
  const written = writeText(
    config,
    tensors,
    items.prompts,
    WRITTEN_LENGTH,
    items.promptStreams(),
  );
  const skills = new Map<string, Score>([["spelling", spellingScore(written, items.vocabulary)]]);
  for (const { name, contextLength } of CHOICE_SKILLS) {
    const right = choose(config, tensors, items.choices.get(name)!, contextLength);
    skills.set(name, meanScore(right.map(Number)));
  }
  tf.dispose(tensors);
  return { heldOutLoss: meanScore(losses), skills };
}
