import { type ChoiceSkill, contextAt } from "./choice.ts";

/** Say "an" before a vowel's sound and "a" before others: `saw ` goes on with `an island` and not with `a island`. */
export const articles: ChoiceSkill = {
  name: "articles",
  description:
    'hold "an" and the next word for likelier than "a" and that word, or the other way round',
  contextLength: 64,
  *sites(text) {
    for (const match of text.matchAll(/(?<= )(an?) ([a-z]{2,12})\b/g)) {
      const [right, article, word] = match as unknown as [string, string, string];
      yield {
        context: contextAt(text, match.index, this.contextLength),
        right,
        wrong: `${article === "an" ? "a" : "an"} ${word}`,
        answer: article === "an" ? "first" : "second",
        match: "",
      };
    }
  },
};
