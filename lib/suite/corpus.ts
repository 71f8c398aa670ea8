import { createHash } from "node:crypto";
import { RandomStream } from "./random_stream.ts";
import { SKILLS } from "./skills.ts";
import type { SkillItem } from "./skills/skill.ts";
import { encode, LINE_END } from "./vocabulary.ts";

/** Held-out items a skill. */
export const HELD_OUT_ITEMS = 256;

/** What a {@linkcode Corpus} is made from. */
export interface CorpusOptions {
  /** Decides every line, drawn and held out. */
  readonly seed: number;
  /** Tokens the model reads at once. */
  readonly contextLength: number;
}

/**
 * The synthetic language as a corpus without end: sequences of random lines, six skills mixed line by line,
 * none of whose prompts is a held-out item's.
 */
export class Corpus {
  readonly #options: CorpusOptions;
  /** For each skill, in the order of {@linkcode SKILLS}, the items it is scored on; never trained on. */
  readonly heldOut: ReadonlyMap<string, readonly SkillItem[]>;
  readonly #heldOutPrompts: ReadonlySet<string>;

  /** Draw the held-out items of a seed. */
  constructor(options: CorpusOptions) {
    this.#options = options;
    const prompts = new Set<string>();
    this.heldOut = new Map(SKILLS.map((skill) => {
      const random = new RandomStream(options.seed, "held-out items", skill.name);
      const items: SkillItem[] = [];
      while (items.length < HELD_OUT_ITEMS) {
        const item = skill.draw(random);
        const key = item.prompt.join(" ");
        if (prompts.has(key)) continue;
        prompts.add(key);
        items.push(item);
      }
      return [skill.name, items];
    }));
    this.#heldOutPrompts = prompts;
  }

  /** Sequence `index` of the training stream: `contextLength + 1` token ids, beginning at the start of a line. */
  trainingSequence(index: number): Uint8Array {
    return this.#sequence(new RandomStream(this.#options.seed, "training", index));
  }

  /** Sequence `index` of the held-out text, on which the loss is measured: the same language from a stream of its own. */
  heldOutSequence(index: number): Uint8Array {
    return this.#sequence(new RandomStream(this.#options.seed, "held-out text", index));
  }

  #sequence(random: RandomStream): Uint8Array {
    const tokens = new Uint8Array(this.#options.contextLength + 1);
    let filled = 0;
    while (filled < tokens.length) {
      const { prompt, answer } = random.pick(SKILLS).draw(random);
      if (this.#heldOutPrompts.has(prompt.join(" "))) continue;
      const line = encode([...prompt, ...answer, LINE_END]).slice(0, tokens.length - filled);
      tokens.set(line, filled);
      filled += line.length;
    }
    return tokens;
  }

  /** SHA-256, lower-case hex, over the first `sequences` training sequences and then every held-out item. */
  digest(sequences: number): string {
    const hash = createHash("sha256");
    for (let i = 0; i < sequences; i++) hash.update(this.trainingSequence(i));
    for (const items of this.heldOut.values()) {
      for (const { prompt, answer } of items) {
        hash.update(Uint8Array.from(encode([...prompt, ...answer])));
      }
    }
    return hash.digest("hex");
  }
}
