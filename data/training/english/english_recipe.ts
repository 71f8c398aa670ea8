import type { ModelConfig } from "../model/config.ts";
import { RECIPES } from "../training/recipe.ts";
import type { Schedule } from "../training/schedule.ts";
import { CHARACTERS } from "./characters.ts";

/** Everything that decides the training of an English model: the same recipe gives the same checkpoints. */
export interface EnglishRecipe extends Schedule {
  /** Sizes of the model. */
  readonly config: ModelConfig;
}

/** The recipe of a size of the suite, with characters for symbols and fewer checkpoints. */
function recipe(size: string, checkpointSteps: readonly number[]): EnglishRecipe {
  const { config, text: _, ...schedule } = RECIPES.get(size)!;
  return {
    ...schedule,
    model: `${size}-english`,
    config: { ...config, vocab_size: CHARACTERS.length },
    checkpointSteps,
  };
}

/** The recipes of the English models of the bundled suite by model name. */
export const ENGLISH_RECIPES: ReadonlyMap<string, EnglishRecipe> = new Map(
  [
    recipe("nano-64", [0, 64, 128, 256, 512, 1024, 1536, 2048, 3072, 4096]),
    recipe("nano-96", [0, 64, 128, 256, 512, 1024, 2048, 3072, 4096]),
  ].map((one) => [one.model, one]),
);
