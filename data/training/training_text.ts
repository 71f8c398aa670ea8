import { type Corpus, encodeLine } from "./corpus.ts";
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

/**
 * Training sequences in which no line of the language comes twice before all have come: the whole lines of the first
 * `sequences` sequences in their order, without those that occurred before, and then the same again. That is what
 * deduplicating does to a corpus of documents: it gets smaller, and training goes through it more than once.
 *
 * @throws {RangeError} If the different lines don't fill one sequence.
 */
export function deduplicatedSequences(corpus: Corpus, sequences: number): TrainingSequence {
  const size = corpus.options.contextLength + 1;
  const tokens = new Uint8Array(sequences * size);
  const seen = new Set<string>();
  let filled = 0;
  for (let i = 0; i < sequences; i++) {
    let length = 0;
    for (const line of corpus.trainingLines(i)) {
      const ids = encodeLine(line);
      length += ids.length;
      if (length > size) break;
      const text = String.fromCharCode(...ids);
      if (seen.has(text)) continue;
      seen.add(text);
      // A sequence begins with a line; one that doesn't fit at its end is cut off, as in the language's own.
      const kept = ids.slice(0, size - filled % size);
      tokens.set(kept, filled);
      filled += kept.length;
    }
  }
  const whole = Math.floor(filled / size);
  if (whole === 0) {
    throw new RangeError(
      `the ${seen.size} different lines of ${sequences} sequences don't fill one of ${size} tokens; ` +
        "give more sequences",
    );
  }
  return (index) => tokens.slice(index % whole * size, (index % whole + 1) * size);
}
