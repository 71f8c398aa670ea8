/** What English models are scored on. */

// @ts-types="@types/d3-array"
import { range } from "d3-array";
import { RandomStream } from "../random_stream.ts";
import { CHOICE_SKILLS } from "./choice_skills.ts";
import type { EnglishCorpus } from "./english_corpus.ts";
import { balancedChoices, type Choice } from "./skills/choice.ts";
import { longWords, prompt } from "./skills/spelling.ts";

/** Held-out sequences on which the loss is measured. */
export const HELD_OUT_SEQUENCES = 64;
/** Choices a skill at most. */
export const HELD_OUT_CHOICES = 256;
/** Texts that a model writes to show its spelling. */
export const WRITTEN_TEXTS = 64;
/** Characters of held-out text that each goes on from. */
export const PROMPT_LENGTH = 32;
/** Characters that the model writes after them. */
export const WRITTEN_LENGTH = 96;

/** The held-out text as questions. */
export interface EnglishItems {
  /** Sequences on which the loss is measured. */
  readonly sequences: readonly Uint8Array[];
  /** The choices of every skill by its name. */
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
  /** What the model goes on from to show its spelling. */
  readonly prompts: readonly string[];
  /** The words of the held-out text, in small letters. */
  readonly vocabulary: ReadonlySet<string>;
  /** For each prompt a stream of draws, the same at every checkpoint. */
  promptStreams(): RandomStream[];
}

/** The items of a corpus and its seed. */
export function englishItems(corpus: EnglishCorpus): EnglishItems {
  const { seed, heldOutText } = corpus;
  return {
    sequences: range(HELD_OUT_SEQUENCES).map((i) => corpus.heldOutSequence(i)),
    choices: new Map(CHOICE_SKILLS.map((skill) => {
      const random = new RandomStream(seed, "english choices", skill.name);
      return [skill.name, balancedChoices(random, skill.sites(heldOutText), HELD_OUT_CHOICES)];
    })),
    prompts: range(WRITTEN_TEXTS).map((i) =>
      prompt(new RandomStream(seed, "english prompt", i), heldOutText, PROMPT_LENGTH)
    ),
    vocabulary: new Set(longWords(heldOutText)),
    promptStreams: () =>
      range(WRITTEN_TEXTS).map((i) => new RandomStream(seed, "english writing", i)),
  };
}
