import { createHash } from "node:crypto";
import { RandomStream } from "./random_stream.ts";
import { SKILLS } from "./skills.ts";
import type { Skill, SkillItem } from "./skills/skill.ts";
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

/** A line of the corpus and the skill that it shows. */
export interface CorpusLine extends SkillItem {
  /** Its skill. */
  readonly skill: Skill;
}

/** Token ids of one line, its end included. */
export function encodeLine({ prompt, answer }: SkillItem): number[] {
  return encode([...prompt, ...answer, LINE_END]);
}

/**
 * The synthetic language as a corpus without end: sequences of random lines, six skills mixed line by line,
 * none of whose prompts is a held-out item's.
 */
export class Corpus {
  /** What it is made from. */
  readonly options: CorpusOptions;
  /** For each skill, in the order of {@linkcode SKILLS}, the items it is scored on; never trained on. */
  readonly heldOut: ReadonlyMap<string, readonly SkillItem[]>;
  readonly #heldOutPrompts: ReadonlySet<string>;

  /** Draw the held-out items of a seed. */
  constructor(options: CorpusOptions) {
    this.options = options;
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
    return this.pack(this.trainingLines(index));
  }

  /** The lines that training sequence `index` begins with, going on without end. */
  trainingLines(index: number): Generator<CorpusLine> {
    return this.#lines(new RandomStream(this.options.seed, "training", index));
  }

  /** Sequence `index` of the held-out text, on which the loss is measured: the same language from a stream of its own. */
  heldOutSequence(index: number): Uint8Array {
    return this.pack(this.#lines(new RandomStream(this.options.seed, "held-out text", index)));
  }

  /** The token ids of as many lines as fill a sequence; the last may be cut off. */
  pack(lines: Iterable<SkillItem>): Uint8Array {
    const tokens = new Uint8Array(this.options.contextLength + 1);
    let filled = 0;
    for (const line of lines) {
      const ids = encodeLine(line).slice(0, tokens.length - filled);
      tokens.set(ids, filled);
      filled += ids.length;
      if (filled === tokens.length) break;
    }
    return tokens;
  }

  *#lines(random: RandomStream): Generator<CorpusLine> {
    while (true) {
      const skill = random.pick(SKILLS);
      const item = skill.draw(random);
      if (!this.#heldOutPrompts.has(item.prompt.join(" "))) yield { skill, ...item };
    }
  }

  /** SHA-256, lower-case hex, over training sequences and then every held-out item. */
  digest(sequences: Iterable<Uint8Array>): string {
    const hash = createHash("sha256");
    for (const sequence of sequences) hash.update(sequence);
    for (const items of this.heldOut.values()) {
      for (const { prompt, answer } of items) {
        hash.update(Uint8Array.from(encode([...prompt, ...answer])));
      }
    }
    return hash.digest("hex");
  }
}
