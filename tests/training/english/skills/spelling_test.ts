import assert from "node:assert/strict";
import {
  longWords,
  prompt,
  spellingScore,
  wholeWords,
} from "../../../../data/training/english/skills/spelling.ts";
import { RandomStream } from "../../../../data/training/random_stream.ts";

Deno.test("words have four letters or more and are compared in small letters", () => {
  assert.deepEqual(longWords("The Whale's way, QUITE so; half-seen 1234 abcd5"), [
    ...["whale", "quite", "half", "seen", "abcd"],
  ]);
});

Deno.test("a word that the end cuts off doesn't count", () => {
  assert.equal(wholeWords("a whale swi"), "a whale ");
  assert.equal(wholeWords("a whale."), "a whale.");
  assert.equal(wholeWords("whale"), "");
});

Deno.test("spelling is the share over all words, its error that of a ratio over texts", () => {
  const vocabulary = new Set(["whale", "ship"]);
  const { value, stderr } = spellingScore(
    ["Whale ship shpi whael ", "ship whale whal"],
    vocabulary,
  );
  assert.equal(value, 4 / 6);
  // Residuals of the texts: 2 - 4 · 2/3 and 2 - 2 · 2/3.
  assert.ok(Math.abs(stderr - Math.sqrt(2 * ((2 / 3) ** 2 + (2 / 3) ** 2)) / 6) < 1e-12);
  assert.deepEqual(spellingScore(["", "a b"], vocabulary), { value: 0, stderr: 0 });
});

Deno.test("a prompt begins and ends between words", () => {
  const text = "one two three four five six seven eight nine ten ".repeat(3);
  for (let seed = 0; seed < 20; seed++) {
    const passage = prompt(new RandomStream(seed), text, 14);
    assert.equal(passage.length, 14);
    assert.match(passage, /^\w.* $/);
    assert.ok(text.includes(` ${passage}`));
  }
});
