/** Two bodies of text of a few lines and a recipe that trains on them in seconds. */

import { CHARACTERS } from "../../../data/training/english/characters.ts";
import type { EnglishSource } from "../../../data/training/english/english_documents.ts";
import type { EnglishRecipe } from "../../../data/training/english/english_recipe.ts";
import { initialParameters, type Parameters } from "../../../data/training/model/parameters.ts";
import { RandomStream } from "../../../data/training/random_stream.ts";
import { englishTrainee } from "../../../data/training/english/english_trainee.ts";

const HELD_OUT = [
  'The mate saw an island, and he cried, "Look there," and then he spoke of it. The captain had a lantern',
  "(a very old one) in his hand. They went on to the island (it was green) and found an owl and a tree.",
  'There the boy said, "An owl," and the men laughed at him. That was all (or so they say) of the tale.',
  'They sailed, "homeward bound" as they said, "and glad of it," to the town where they had begun.',
];

/** Nothing in them is in both what is trained on and what is held out. */
export const tinySources: readonly EnglishSource[] = [
  {
    description: "a tale of the sea",
    documents: [
      { name: "chapter 1", text: "the sea is calm and wide today, ".repeat(20), heldOut: false },
      { name: "chapter 5", text: HELD_OUT.slice(0, 2).join(" "), heldOut: true },
      { name: "chapter 6", text: "the wind is up, so hoist a sail, ".repeat(20), heldOut: false },
    ],
  },
  {
    description: "a speech",
    documents: [
      { name: "1800", text: HELD_OUT.slice(2).join(" "), heldOut: true },
      {
        name: "1801",
        text: "Fellow citizens, they are of good cheer. ".repeat(20),
        heldOut: false,
      },
    ],
  },
];

/** A run through everything that a long one passes. */
export const tinyEnglishRecipe: EnglishRecipe = {
  model: "tiny-english",
  seed: 7,
  config: {
    hidden_size: 16,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    intermediate_size: 24,
    vocab_size: CHARACTERS.length,
    max_position_embeddings: 24,
    rotary_pct: 0.5,
    rotary_emb_base: 10000,
    layer_norm_eps: 1e-5,
  },
  steps: 4,
  batchSize: 2,
  checkpointSteps: [0, 2, 4],
  learningRate: 0.02,
  lastLearningRate: 0.002,
  warmupSteps: 2,
  betas: [0.9, 0.95],
  epsilon: 1e-8,
  weightDecay: 0.1,
  clipNorm: 1,
};

/** The model that {@linkcode tinyEnglishRecipe} trains. */
export const tinyEnglishTrainee = englishTrainee(tinyEnglishRecipe, () => tinySources);

/** Parameters of which none has the value it starts with, so that predictions differ from place to place. */
export function tinyEnglishParameters(): Parameters {
  return new Map(
    [...initialParameters(tinyEnglishRecipe.config, 1)].map(([name, { shape, values }]) => {
      const noise = new RandomStream(2, name).normal(values.length, 0.4);
      return [name, { shape, values: values.map((value, i) => value + noise[i]!) }];
    }),
  );
}
