import { type Corpus, encodeLine } from "./corpus.ts";
import type { TrainingSequence } from "./training_text.ts";

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
