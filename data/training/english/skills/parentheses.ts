import { type ChoiceSkill, contextAt } from "./choice.ts";

/** Close a parenthesis that is open and open one where none is: `(a rare thing` goes on with `) ` and not with ` (`. */
export const parentheses: ChoiceSkill = {
  name: "parentheses",
  description:
    "hold the closing parenthesis and what follows for likelier than a space and an opening one where a parenthesis ends, and the other way round where one begins",
  contextLength: 128,
  *sites(text) {
    for (
      const { index, 0: right } of text.matchAll(/(?<=[a-z][,.!?;]?)(?:\)[ ,.;:]| \((?=[A-Za-z]))/g)
    ) {
      const closes = right.startsWith(")");
      const context = contextAt(text, index, this.contextLength - 1);
      // The one that opened it must be within what the model reads.
      if (closes && !/ \([A-Za-z][^()]*$/.test(context)) continue;
      yield {
        context,
        right,
        wrong: closes ? " (" : ") ",
        answer: closes ? "first" : "second",
        match: /[a-z]$/.test(context) ? "letter" : context.at(-1)!,
      };
    }
  },
};
