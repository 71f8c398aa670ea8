import { VOCABULARY } from "../../../data/training/vocabulary.ts";
import { languageTrainee } from "../../../data/training/training/language_trainee.ts";
import type { Recipe } from "../../../data/training/training/recipe.ts";

/** A run that trains in a second and passes through everything a long one does. */
export const tinyRecipe: Recipe = {
  model: "tiny",
  seed: 7,
  config: {
    hidden_size: 16,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    intermediate_size: 24,
    vocab_size: VOCABULARY.length,
    max_position_embeddings: 24,
    rotary_pct: 0.5,
    rotary_emb_base: 10000,
    layer_norm_eps: 1e-5,
  },
  text: "language",
  steps: 8,
  batchSize: 2,
  checkpointSteps: [0, 1, 2, 4, 8],
  learningRate: 0.02,
  lastLearningRate: 0.002,
  warmupSteps: 2,
  betas: [0.9, 0.95],
  epsilon: 1e-8,
  weightDecay: 0.1,
  clipNorm: 1,
};

/** The model that {@linkcode tinyRecipe} trains. */
export const tinyTrainee = languageTrainee(tinyRecipe);
