import { huggingFaceConfig } from "../model/config.ts";
import { lossAndGradients } from "../model/loss.ts";
import { initialParameters } from "../model/parameters.ts";
import type { Trainee } from "../training/training_state.ts";
import { englishCard } from "./english_card.ts";
import { EnglishCorpus } from "./english_corpus.ts";
import { type EnglishSource, englishSources } from "./english_documents.ts";
import { type EnglishItems, englishItems } from "./english_items.ts";
import type { EnglishRecipe } from "./english_recipe.ts";
import { scoreEnglish } from "./score_english.ts";

/**
 * A language model to be trained on English.
 *
 * @param sources Reads the bodies of text; called when the first of them is needed.
 */
export function englishTrainee(
  recipe: EnglishRecipe,
  sources: () => readonly EnglishSource[] = englishSources,
): Trainee {
  const { config, seed, batchSize } = recipe;
  // Read when they are first needed: the texts have twelve million characters, and a finished model needs none.
  let corpus: EnglishCorpus | undefined;
  let items: EnglishItems | undefined;
  const text = () =>
    corpus ??= new EnglishCorpus({
      seed,
      contextLength: config.max_position_embeddings,
      sources: sources(),
    });
  return {
    recipe,
    config: huggingFaceConfig(config),
    initialParameters: () => initialParameters(config, seed),
    lossAndGradients(parameters, step) {
      const batch = Array.from(
        { length: batchSize },
        (_, i) => text().trainingSequence(step * batchSize + i),
      );
      return lossAndGradients(config, parameters, batch);
    },
    score: (parameters) => scoreEnglish(config, parameters, items ??= englishItems(text())),
    card: (state, command) => englishCard(recipe, state, text(), command),
  };
}
