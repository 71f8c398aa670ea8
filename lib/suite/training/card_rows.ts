import type { Schedule } from "./schedule.ts";
import type { ScoreRow, TrainingState } from "./training_state.ts";

/** Rows of a card's table that any training has: optimizer, steps, seed and commits. */
export function trainingRows(recipe: Schedule, { step, sessions }: TrainingState): string {
  return `| optimizer | AdamW, learning rate ${recipe.learningRate} after ${recipe.warmupSteps} steps of warm-up, cosine to ${recipe.lastLearningRate}, betas ${
    recipe.betas.join(" / ")
  }, weight decay ${recipe.weightDecay}, gradient norm at most ${recipe.clipNorm} |
| steps | ${step} |
| seed | ${recipe.seed} |
| commit | ${[...new Set(sessions.map(({ commit }) => commit))].join(", ")} |`;
}

/** Wall time of all sessions of a training. */
export function wallTime({ sessions }: TrainingState): string {
  const minutes = sessions.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return `${minutes.toFixed(1)} min in ${sessions.length} session${
    sessions.length === 1 ? "" : "s"
  }`;
}

/** Number of a model's parameters, for reading. */
export function parameterCount({ parameters }: TrainingState): string {
  const count = [...parameters.values()].reduce((sum, { values }) => sum + values.length, 0);
  return count.toLocaleString("en-US");
}

/** A skill's score and its standard error in per cent. */
export function percent(row: ScoreRow, skill: string): string {
  return `${(100 * row[skill]!).toFixed(1)} ± ${(100 * row[`${skill}_stderr`]!).toFixed(1)}`;
}
