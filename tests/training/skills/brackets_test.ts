import assert from "node:assert/strict";
import { brackets, CLOSING, OPENING } from "../../../data/training/skills/brackets.ts";
import { distinct, drawMany } from "./draw_many.ts";

const items = drawMany(brackets).map(({ prompt, answer }) => ({
  given: prompt.replace(/^B /, "").replace(/ =$/, "").replaceAll(" ", ""),
  prompt,
  answer: answer.replaceAll(" ", ""),
}));

/** Take away pairs that match until none is left. */
function reduced(text: string): string {
  const shorter = text.replace(/\(\)|\[\]|\{\}|<>/g, "");
  return shorter === text ? text : reduced(shorter);
}

Deno.test("the four brackets open and close at the same place", () => {
  assert.deepEqual(OPENING.map((opening, i) => opening + CLOSING[i]), ["()", "[]", "{}", "<>"]);
});

Deno.test("brackets given and answered together balance, with nothing to spare", () => {
  for (const { prompt, given, answer } of items) {
    assert.match(prompt, /^B (?:[()[\]{}<>] )+=$/);
    assert.equal(reduced(given + answer), "", prompt);
    // What is left of the prompt only opens, so the answer closes just that.
    assert.match(reduced(given), /^[([{<]+$/);
    assert.equal(reduced(given).length, answer.length);
  }
});

Deno.test("4 to 12 brackets are given, and answers differ in length and kind", () => {
  for (const { given } of items) assert.ok(given.length >= 4 && given.length <= 12, given);
  assert.ok(distinct(items, ({ answer }) => answer.length).length >= 8);
  assert.deepEqual(distinct(items, ({ answer }) => answer.at(0)!), [")", ">", "]", "}"]);
  assert.ok(items.some(({ given }) => /[)\]}>]/.test(given)));
});
