import assert from "node:assert/strict";
import { quotations } from "../../../../data/training/english/skills/quotations.ts";

/** The end of the context, the right answer and the match of every site. */
function sitesOf(text: string): string[][] {
  return [...quotations.sites(text)].map(({ context, right, wrong, answer, match }) => {
    assert.deepEqual([right, wrong].toSorted(), [' "', '" ']);
    assert.equal(answer, right === '" ' ? "first" : "second");
    return [context.slice(-6), right, match];
  });
}

Deno.test("where a quotation ends and where one begins the model chooses between mark and space", () => {
  assert.deepEqual(sitesOf('He cried, "A whale!" and left. "No," said I, the "old salt" here.'), [
    ["cried,", ' "', ","],
    ["whale!", '" ', "!"],
    [" left.", ' "', "."],
    ['. "No,', '" ', ","],
    ["I, the", ' "', "letter"],
    ["d salt", '" ', "letter"],
  ]);
});

Deno.test("an end counts only if the model can read where the quotation began", () => {
  const long = "word ".repeat(30);
  assert.deepEqual(sitesOf(`so "a ${long}ends," he`).map(([context]) => context), ["so"]);
  assert.deepEqual(sitesOf('it ends," he'), []);
  assert.deepEqual(sitesOf('"It ends," he').map(([, right]) => right), ['" ']);
});
