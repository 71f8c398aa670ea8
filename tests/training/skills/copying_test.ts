import assert from "node:assert/strict";
import { copying, LETTERS } from "../../../data/training/skills/copying.ts";
import { distinct, drawMany } from "./draw_many.ts";

const items = drawMany(copying);

Deno.test("the letters are the first sixteen", () => {
  assert.equal(LETTERS.join(""), "abcdefghijklmnop");
});

Deno.test("the answer repeats the letters given, four to ten of them", () => {
  for (const { prompt, answer } of items) {
    assert.match(prompt, /^C(?: [a-p]){4,10} =$/);
    assert.equal(prompt, `C ${answer} =`);
  }
  const lengths = distinct(items, ({ answer }) => answer.split(" ").length);
  assert.deepEqual(lengths, ["10", "4", "5", "6", "7", "8", "9"]);
});

Deno.test("every letter can stand at the first and at the last place", () => {
  for (const place of [0, -1]) {
    assert.equal(distinct(items, ({ answer }) => answer.at(place)!).join(""), LETTERS.join(""));
  }
});
