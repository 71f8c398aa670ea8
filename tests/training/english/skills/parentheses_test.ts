import assert from "node:assert/strict";
import { parentheses } from "../../../../data/training/english/skills/parentheses.ts";

/** The end of the context, the two continuations and the match of every site. */
function sitesOf(text: string): string[][] {
  return [...parentheses.sites(text)].map(({ context, right, wrong, answer, match }) => {
    assert.equal(answer, right.startsWith(")") ? "first" : "second");
    return [context.slice(-6), right, wrong, match];
  });
}

Deno.test("where a parenthesis ends and where one begins the model chooses between the two", () => {
  assert.deepEqual(sitesOf("The hook (a curve), and so, (he said.) (1) done (4) x."), [
    ["e hook", " (", ") ", "letter"],
    ["curve".padStart(6), "),", " (", "letter"],
    ["nd so,", " (", ") ", ","],
    [" said.", ") ", " (", "."],
  ]);
});

Deno.test("an end counts only if the model can read where the parenthesis began", () => {
  assert.deepEqual(sitesOf("and b) or section 14(b) or"), []);
  assert.deepEqual(sitesOf(`${" ("}${"word ".repeat(30)}ends) x`), []);
});
