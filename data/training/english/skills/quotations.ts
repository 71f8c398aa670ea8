import { type ChoiceSkill, contextAt } from "./choice.ts";

/**
 * Close a quotation that is open and open one where none is: `he cried, "A whale!` goes on with `" ` and not with ` "`. Both
 * continuations are the same two characters, and the character before is as often the same.
 */
export const quotations: ChoiceSkill = {
  name: "quotations",
  description:
    "hold a quotation mark and a space for likelier than a space and a quotation mark where a quotation ends, and the other way round where one begins",
  contextLength: 128,
  *sites(text) {
    for (
      const { index, 0: right } of text.matchAll(/(?<=[a-z][,.!?;]?)(?:" (?=\S)| "(?=[A-Za-z]))/g)
    ) {
      const closes = right === '" ';
      const context = contextAt(text, index, this.contextLength - 1);
      // The mark that opened the quotation must be within what the model reads.
      if (closes && !/(?:^|[\s(-])"[A-Za-z'][^"]*$/.test(context)) continue;
      yield {
        context,
        right,
        wrong: closes ? ' "' : '" ',
        answer: closes ? "first" : "second",
        match: /[a-z]$/.test(context) ? "letter" : context.at(-1)!,
      };
    }
  },
};
