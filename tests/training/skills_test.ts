import assert from "node:assert/strict";
import { SKILLS } from "../../data/training/skills.ts";
import { encode, LINE_END } from "../../data/training/vocabulary.ts";
import { drawMany } from "./skills/draw_many.ts";

/** Tokens that the evaluator gives a line; the last symbol is only predicted. */
const EVALUATED_TOKENS = 32;

Deno.test("the skills are six, each with a marker and a description of its own", () => {
  assert.deepEqual(SKILLS.map(({ name, marker }) => `${marker} ${name}`), [
    "B brackets",
    "C copying",
    "S sorting",
    "R recall",
    "A addition",
    "G agreement",
  ]);
  assert.equal(new Set(SKILLS.map(({ description }) => description)).size, 6);
});

for (const skill of SKILLS) {
  Deno.test(`lines of ${skill.name} start with its marker, ask once, and are of the language`, () => {
    for (const { prompt, answer } of drawMany(skill)) {
      const symbols = [...prompt.split(" "), ...answer.split(" "), LINE_END];
      assert.equal(symbols[0], skill.marker);
      assert.equal(symbols.indexOf("="), prompt.split(" ").length - 1);
      assert.equal(symbols.lastIndexOf("="), symbols.indexOf("="));
      assert.equal(symbols.indexOf(LINE_END), symbols.length - 1);
      assert.equal(encode(symbols).length, symbols.length);
    }
  });

  Deno.test(`lines of ${skill.name} fit the context they are scored in`, () => {
    for (const { prompt, answer } of drawMany(skill)) {
      const symbols = prompt.split(" ").length + answer.split(" ").length + 1;
      assert.ok(symbols <= EVALUATED_TOKENS + 1, `${prompt} ${answer}`);
    }
  });

  Deno.test(`a prompt of ${skill.name} has one answer`, () => {
    const answers = new Map<string, string>();
    for (const { prompt, answer } of drawMany(skill)) {
      assert.equal(answers.get(prompt) ?? answer, answer, prompt);
      answers.set(prompt, answer);
    }
    // Enough different prompts to hold 256 of them back.
    assert.ok(answers.size > 1000, `${answers.size}`);
  });
}
