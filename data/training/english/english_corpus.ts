import { createHash } from "node:crypto";
import { RandomStream } from "../random_stream.ts";
import { encodeText } from "./characters.ts";
import type { EnglishSource } from "./english_documents.ts";

/** What an {@linkcode EnglishCorpus} is made from. */
export interface EnglishCorpusOptions {
  /** Decides which passages are drawn. */
  readonly seed: number;
  /** Characters the model reads at once. */
  readonly contextLength: number;
  /** The bodies of text, from each of which as many sequences are drawn. */
  readonly sources: readonly EnglishSource[];
}

/** Held-out text is looked for in training sequences by blocks of so many characters. */
const BLOCK = 48;

/** Characters of held-out text in a row that no training sequence holds: so many have a whole block among them. */
export const LONGEST_SHARED: number = 2 * BLOCK - 1;

/** Documents one after the other, a blank line between them. */
function joined(source: EnglishSource, heldOut: boolean): string {
  return source.documents.filter((one) => one.heldOut === heldOut).map(({ text }) => text)
    .join("\n\n");
}

/**
 * Passages of English without end, drawn at random places of random sources. None is from a held-out document, nor repeats
 * {@linkcode LONGEST_SHARED} characters of one: presidents quote each other and themselves.
 */
export class EnglishCorpus {
  /** Decides which passages are drawn. */
  readonly seed: number;
  /** The bodies of text. */
  readonly sources: readonly EnglishSource[];
  /** The held-out documents of all sources as one text. */
  readonly heldOutText: string;
  readonly #length: number;
  readonly #training: readonly string[];
  readonly #heldOut: readonly string[];
  readonly #heldOutBlocks: ReadonlySet<string>;

  /**
   * Part the documents.
   *
   * @throws {RangeError} If what a source has for training or holds out is shorter than a sequence.
   */
  constructor({ seed, contextLength, sources }: EnglishCorpusOptions) {
    this.seed = seed;
    this.sources = sources;
    this.#length = contextLength + 1;
    const texts = (heldOut: boolean) =>
      sources.map((source) => {
        const text = joined(source, heldOut);
        if (text.length >= this.#length) return text;
        throw new RangeError(
          `the ${
            heldOut ? "held-out" : "training"
          } text of ${source.description} has ${text.length} characters, ` +
            `and a sequence needs ${this.#length}`,
        );
      });
    this.#training = texts(false);
    this.#heldOut = texts(true);
    this.heldOutText = this.#heldOut.join("\n\n");
    const blocks = new Set<string>();
    for (let start = 0; start + BLOCK <= this.heldOutText.length; start += BLOCK) {
      blocks.add(this.heldOutText.slice(start, start + BLOCK));
    }
    this.#heldOutBlocks = blocks;
  }

  /** Characters of all documents that are not held out. */
  get trainingLength(): number {
    return this.#training.reduce((sum, { length }) => sum + length, 0);
  }

  /** Sequence `index` of the training stream: `contextLength + 1` token ids from a random place of a random source. */
  trainingSequence(index: number): Uint8Array {
    const random = new RandomStream(this.seed, "english training", index);
    const text = random.pick(this.#training);
    while (true) {
      const passage = this.#passage(random, text);
      if (!this.#repeatsHeldOut(passage)) return encodeText(passage);
    }
  }

  /** Sequence `index` of the held-out text, on which the loss is measured; the sources take turns. */
  heldOutSequence(index: number): Uint8Array {
    const random = new RandomStream(this.seed, "english held-out", index);
    return encodeText(this.#passage(random, this.#heldOut[index % this.#heldOut.length]!));
  }

  #passage(random: RandomStream, text: string): string {
    const start = random.integer(0, text.length - this.#length);
    return text.slice(start, start + this.#length);
  }

  #repeatsHeldOut(passage: string): boolean {
    for (let start = 0; start + BLOCK <= passage.length; start++) {
      if (this.#heldOutBlocks.has(passage.slice(start, start + BLOCK))) return true;
    }
    return false;
  }

  /** SHA-256, lower-case hex, over the first `count` training sequences and then the held-out text. */
  digest(count: number): string {
    const hash = createHash("sha256");
    for (let index = 0; index < count; index++) hash.update(this.trainingSequence(index));
    return hash.update(encodeText(this.heldOutText)).digest("hex");
  }
}
