import assert from "node:assert/strict";
import { sorting } from "../../../data/training/skills/sorting.ts";
import { distinct, drawMany } from "./draw_many.ts";

const items = drawMany(sorting);

/** How often each of the ten digits occurs in a text. */
function tally(text: string): number[] {
  return Array.from({ length: 10 }, (_, digit) => text.split(String(digit)).length - 1);
}

Deno.test("the answer holds the digits given, four to eight of them, in ascending order", () => {
  for (const { prompt, answer } of items) {
    assert.match(prompt, /^S(?: \d){4,8} =$/);
    assert.deepEqual(tally(answer), tally(prompt), prompt);
    const digits = answer.split(" ").map(Number);
    digits.slice(1).forEach((digit, i) => assert.ok(digits[i]! <= digit, answer));
  }
});

Deno.test("all lengths and digits occur, and digits can occur twice", () => {
  const lengths = distinct(items, ({ answer }) => answer.split(" ").length);
  assert.deepEqual(lengths, ["4", "5", "6", "7", "8"]);
  assert.equal(distinct(items, ({ prompt }) => prompt.charAt(2)).join(""), "0123456789");
  assert.ok(items.some(({ answer }) => tally(answer).includes(2)));
});
