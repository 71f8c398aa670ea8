import { type ChoiceSkill, contextAt } from "./choice.ts";

/** Begin a word with a capital after a full stop and only there: `at sea. ` goes on with `T` and not with `t`. */
export const capitals: ChoiceSkill = {
  name: "capitals",
  description:
    "hold a word's first letter for likelier as a capital than as a small one after a full stop, and the other way round inside a sentence",
  contextLength: 64,
  *sites(text) {
    // A second small letter must follow, so that neither the pronoun I nor initials count.
    const starts = /(?<=[a-z]{2}\. )[A-Z](?=[a-z])|(?<=[a-z] )[a-z](?=[a-z])/g;
    for (const { index, 0: right } of text.matchAll(starts)) {
      const small = right.toLowerCase();
      const isCapital = right !== small;
      yield {
        context: contextAt(text, index, this.contextLength),
        right,
        wrong: isCapital ? small : right.toUpperCase(),
        answer: isCapital ? "first" : "second",
        match: small,
      };
    }
  },
};
