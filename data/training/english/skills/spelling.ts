import type { RandomStream } from "../../random_stream.ts";
import type { Score } from "../../training/scores.ts";

/** Letters that a word has at least, so that characters drawn at random hardly ever make one. */
export const SHORTEST_WORD = 4;

const LONG_WORD = new RegExp(`[A-Za-z]{${SHORTEST_WORD},}`, "g");

/** The words of {@linkcode SHORTEST_WORD} letters or more of a text, in small letters and their order. */
export function longWords(text: string): string[] {
  return (text.match(LONG_WORD) ?? []).map((word) => word.toLowerCase());
}

/** The part of a text up to its last character that is no letter, so that no word of it is cut off. */
export function wholeWords(text: string): string {
  return text.slice(0, text.search(/[A-Za-z]*$/));
}

/** A passage of `length` characters from a random place of a text that begins and ends between words. */
export function prompt(random: RandomStream, text: string, length: number): string {
  while (true) {
    const start = random.integer(1, text.length - length);
    const passage = text.slice(start, start + length);
    if (text[start - 1] === " " && /^\S.* $/.test(passage)) return passage;
  }
}

/**
 * Share of the words of texts that are in a vocabulary, with the standard error of a ratio over texts: words of one text
 * depend on each other. Texts without a word spell none right.
 */
export function spellingScore(texts: readonly string[], vocabulary: ReadonlySet<string>): Score {
  const counts = texts.map((text) => {
    const words = longWords(wholeWords(text));
    return { all: words.length, right: words.filter((word) => vocabulary.has(word)).length };
  });
  const sum = (key: "all" | "right") => counts.reduce((total, count) => total + count[key], 0);
  const [all, right] = [sum("all"), sum("right")];
  if (all === 0) return { value: 0, stderr: 0 };
  const share = right / all;
  const scatter = counts.reduce((total, one) => total + (one.right - share * one.all) ** 2, 0);
  return {
    value: share,
    stderr: Math.sqrt(scatter * texts.length / (texts.length - 1)) / all,
  };
}
