import { ENGLISH_RECIPES } from "./english/english_recipe.ts";
import { englishTrainee } from "./english/english_trainee.ts";
import { languageTrainee } from "./training/language_trainee.ts";
import { RECIPES } from "./training/recipe.ts";
import type { Trainee } from "./training/training_state.ts";
import { IMAGE_RECIPES } from "./vision/image_recipe.ts";
import { imageTrainee } from "./vision/image_trainee.ts";

/** Names of all models of the bundled suite. */
export const SUITE_MODELS: readonly string[] = [
  ...RECIPES.keys(),
  ...ENGLISH_RECIPES.keys(),
  ...IMAGE_RECIPES.keys(),
];

/**
 * A model of the bundled suite, to be trained.
 *
 * @throws {RangeError} If there is no recipe of that name.
 */
export function suiteTrainee(model: string): Trainee {
  const language = RECIPES.get(model);
  if (language) return languageTrainee(language);
  const english = ENGLISH_RECIPES.get(model);
  if (english) return englishTrainee(english);
  const image = IMAGE_RECIPES.get(model);
  if (image) return imageTrainee(image);
  throw new RangeError(`there is no recipe for ${model}; models: ${SUITE_MODELS.join(", ")}`);
}
