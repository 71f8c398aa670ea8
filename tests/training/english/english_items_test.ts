import assert from "node:assert/strict";
import { decodeText } from "../../../data/training/english/characters.ts";
import { CHOICE_SKILLS } from "../../../data/training/english/choice_skills.ts";
import { EnglishCorpus } from "../../../data/training/english/english_corpus.ts";
import { englishSources } from "../../../data/training/english/english_documents.ts";
import { englishItems } from "../../../data/training/english/english_items.ts";

const corpus = new EnglishCorpus({ seed: 1, contextLength: 128, sources: englishSources() });
const items = englishItems(corpus);

Deno.test("every choice is held-out text up to its right continuation, and there are many of each skill", () => {
  assert.deepEqual(
    [...items.choices].map(([name, choices]) => [name, choices.length]),
    [["capitals", 256], ["articles", 256], ["quotations", 256], ["parentheses", 136]],
  );
  for (const choices of items.choices.values()) {
    for (const { context, right, wrong } of choices.slice(0, 24)) {
      assert.ok(corpus.heldOutText.includes(context + right), context + right);
      assert.notEqual(right, wrong);
    }
  }
});

Deno.test("either answer is right in half of the choices, letter by letter for capitals", () => {
  const share = (name: string, test: RegExp) => {
    const choices = items.choices.get(name)!;
    return choices.filter(({ right }) => test.test(right)).length / choices.length;
  };
  assert.equal(share("capitals", /^[A-Z]$/), 0.5);
  assert.equal(share("articles", /^an /), 0.5);
  assert.equal(share("quotations", /^" $/), 0.5);
  assert.equal(share("parentheses", /^\)/), 0.5);
  for (const letter of "atiw") {
    assert.equal(
      share("capitals", new RegExp(letter)),
      share("capitals", new RegExp(letter.toUpperCase())),
    );
  }
});

Deno.test("the first choices of seed 1 are right by hand", () => {
  const shown = CHOICE_SKILLS.flatMap(({ name }) =>
    items.choices.get(name)!.slice(0, 2).map(({ context, right, wrong }) =>
      [name, context.slice(-24), right, wrong].join("|")
    )
  );
  assert.deepEqual(shown, [
    "capitals|quality of their soils. |A|a",
    "capitals|ion of a high character |a|A",
    "articles|r more; when I gave him |an emetic|a emetic",
    "articles|h other consequences of |a higher|an higher",
    'quotations|d the "Topeka government|" | "',
    'quotations| calls them the wondrous| "|" ',
    "parentheses| steps to become a State|),| (",
    "parentheses|lace this reversed skull| (|) ",
  ]);
});

Deno.test("prompts and vocabulary are of the held-out text", () => {
  assert.equal(items.prompts.length, 64);
  for (const text of items.prompts) {
    assert.equal(text.length, 32);
    assert.ok(corpus.heldOutText.includes(text));
  }
  assert.ok(items.vocabulary.has("whale") && items.vocabulary.has("congress"));
  assert.ok(!items.vocabulary.has("the") && !items.vocabulary.has("whael"));
  assert.equal(items.sequences.length, 64);
  assert.ok(corpus.heldOutText.includes(decodeText(items.sequences[63]!)));
  const [one, again] = [items.promptStreams(), items.promptStreams()];
  assert.equal(one[3]!.uniform(0, 1), again[3]!.uniform(0, 1));
});
