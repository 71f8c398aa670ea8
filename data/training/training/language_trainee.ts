// @ts-types="@types/d3-array"
import { range } from "d3-array";
import { Corpus } from "../corpus.ts";
import { huggingFaceConfig } from "../model/config.ts";
import { lossAndGradients } from "../model/loss.ts";
import { initialParameters } from "../model/parameters.ts";
import { type TrainingSequence, trainingText } from "../training_text.ts";
import { evaluate } from "./evaluate.ts";
import { modelCard } from "./model_card.ts";
import type { Recipe } from "./recipe.ts";
import type { Trainee } from "./training_state.ts";

/** A language model to be trained on the synthetic language. */
export function languageTrainee(recipe: Recipe): Trainee {
  const { config, seed, text, steps, batchSize, start } = recipe;
  const corpus = new Corpus({ seed, contextLength: config.max_position_embeddings });
  // Made when the first batch is: the deduplicated text takes its time, and a finished model needs none.
  let made: TrainingSequence | undefined;
  const sequence = (index: number) =>
    (made ??= trainingText(corpus, text, steps * batchSize))(index);
  return {
    recipe,
    config: huggingFaceConfig(config),
    initialParameters: () => initialParameters(config, seed),
    lossAndGradients(parameters, step) {
      const first = step * batchSize;
      const batch = Array.from({ length: batchSize }, (_, i) => sequence(first + i));
      return lossAndGradients(config, parameters, batch);
    },
    score: (parameters) => evaluate(recipe, parameters, corpus),
    card(state, command) {
      const first = (start?.step ?? 0) * batchSize;
      const digest = corpus.digest(range(first, steps * batchSize).map(sequence));
      return modelCard(recipe, state, digest, command);
    },
  };
}
