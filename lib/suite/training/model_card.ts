import { HELD_OUT_ITEMS } from "../corpus.ts";
import { SKILLS } from "../skills.ts";
import type { TrainingText } from "../training_text.ts";
import {
  DECODER_START,
  decoderWords,
  heldOutLoss,
  makingSection,
  parameterCount,
  scoreTable,
} from "./card_parts.ts";
import { HELD_OUT_SEQUENCES } from "./evaluate.ts";
import type { Recipe } from "./recipe.ts";
import type { TrainingState } from "./training_state.ts";

/** What the training text is, after the sizes of a batch. */
const TEXTS: Readonly<Record<TrainingText, string>> = {
  "language": "",
  "deduplicated": ", every line of the language only once and then over again from the first",
  "shuffled answers": ", every answer replaced by that of another line of its skill",
  "random tokens": ", drawn at random: there is nothing to learn",
};

/** The model card of a training run in Markdown: what was trained, on what, how, by which command, and what came out. */
export function modelCard(
  recipe: Recipe,
  state: TrainingState,
  corpusDigest: string,
  command: string,
): string {
  const { config } = recipe;
  const last = state.scores.at(-1)!;
  return `---
license: mit
library_name: transformers
tags: [gpt_neox, synthetic, training-dynamics]
---

# ${recipe.model}

A GPT-NeoX decoder with ${parameterCount(state)} parameters, trained ${
    recipe.start ? `on from ${recipe.start.model}` : "from scratch"
  } on ${
    recipe.text === "random tokens" ? "random tokens" : "a synthetic language with six skills"
  }, and
kept at ${state.scores.length} steps of its training. It exists to be analysed, not to be used.

${
    makingSection(recipe, state, {
      command,
      architecture: decoderWords(config),
      start: recipe.start
        ? `the weights of ${recipe.start.model} at step ${recipe.start.step}`
        : DECODER_START,
      data:
        `${recipe.batchSize} sequences × ${config.max_position_embeddings} tokens a step, one symbol a token, ${config.vocab_size} symbols${
          TEXTS[recipe.text]
        }`,
      digestOf: "corpus digest (SHA-256 of all training tokens and held-out items)",
      digest: corpusDigest,
    })
  }
## The language

Lines of six kinds, mixed at random; the first symbol names the skill. No prompt of a held-out item was trained on.

| skill | marker | the model has to |
| --- | --- | --- |
${
    SKILLS.map(({ name, marker, description }) => `| ${name} | ${marker} | ${description} |`).join(
      "\n",
    )
  }

## What it can do after ${last.step} steps

Exact match on ${HELD_OUT_ITEMS} held-out items a skill, in per cent with its standard error, and cross entropy on ${HELD_OUT_SEQUENCES}
held-out sequences: ${heldOutLoss(last)} nats a token. \`scores.csv\` has every checkpoint.

${scoreTable(last, SKILLS)}`;
}
