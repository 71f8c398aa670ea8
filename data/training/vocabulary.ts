import { SKILLS } from "./skills.ts";
import { DIGITS } from "./skills/addition.ts";
import { NOUNS, PREPOSITIONS } from "./skills/agreement.ts";
import { CLOSING, OPENING } from "./skills/brackets.ts";
import { LETTERS } from "./skills/copying.ts";

/** The symbol that ends a line. */
export const LINE_END = "\n";

/** Every symbol of the synthetic language; a symbol's place here is its token id. */
export const VOCABULARY: readonly string[] = [
  LINE_END,
  "=",
  "+",
  "?",
  ...SKILLS.map((skill) => skill.marker),
  ...DIGITS,
  ...LETTERS,
  ...OPENING,
  ...CLOSING,
  ...PREPOSITIONS,
  ...NOUNS.flatMap(({ noun, verb }) => [...noun, ...verb]),
];

const ids = new Map(VOCABULARY.map((symbol, id) => [symbol, id]));

/**
 * The token ids of symbols, one a symbol.
 *
 * @throws {RangeError} If a symbol is not of the language.
 */
export function encode(symbols: readonly string[]): number[] {
  return symbols.map((symbol) => {
    const id = ids.get(symbol);
    if (id === undefined) {
      throw new RangeError(`symbol ${JSON.stringify(symbol)} is not in the vocabulary`);
    }
    return id;
  });
}
