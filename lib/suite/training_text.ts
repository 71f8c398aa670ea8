import type { Corpus } from "./corpus.ts";
import { deduplicatedSequences } from "./deduplicated_sequences.ts";
import { RandomStream } from "./random_stream.ts";
import { VOCABULARY } from "./vocabulary.ts";

/**
 * What a model reads in training: the language; the same lines, each only once, over again from the first when they are
 * used up; the language with every answer replaced by another line's of the same skill; or tokens drawn at random, in
 * which there is nothing to learn.
 */
export type TrainingText = "language" | "deduplicated" | "shuffled answers" | "random tokens";

/** The training sequences of a corpus by their index, any in any order. */
export type TrainingSequence = (index: number) => Uint8Array;

/**
 * The training sequences of a text.
 *
 * @param corpus The language, whose held-out items no text but random tokens' can hold.
 * @param text Which text.
 * @param sequences Number of sequences of the language that the deduplicated text is made from.
 */
export function trainingText(
  corpus: Corpus,
  text: TrainingText,
  sequences: number,
): TrainingSequence {
  const { seed, contextLength } = corpus.options;
  switch (text) {
    case "language":
      return (index) => corpus.trainingSequence(index);
    case "deduplicated":
      return deduplicatedSequences(corpus, sequences);
    case "shuffled answers":
      return (index) => {
        const random = new RandomStream(seed, "shuffled answers", index);
        return corpus.pack(
          corpus.trainingLines(index).map((line) => ({
            prompt: line.prompt,
            answer: line.skill.draw(random).answer,
          })),
        );
      };
    case "random tokens":
      return (index) => {
        const random = new RandomStream(seed, "random tokens", index);
        return Uint8Array.from(
          { length: contextLength + 1 },
          () => random.integer(0, VOCABULARY.length - 1),
        );
      };
  }
}
