import assert from "node:assert/strict";
import { addition, DIGITS } from "../../../data/training/skills/addition.ts";
import { distinct, drawMany } from "./draw_many.ts";

const items = drawMany(addition).map(({ prompt, answer }) => {
  const [, ...digits] = /^A (\d) (\d) \+ (\d) (\d) =$/.exec(prompt) ?? assert.fail(prompt);
  const [a, b, c, d] = digits.map(Number) as [number, number, number, number];
  return { units: b + d, first: 10 * a + b, second: 10 * c + d, answer };
});

Deno.test("the digits are ten, in order", () => {
  assert.equal(DIGITS.join(""), "0123456789");
});

Deno.test("the answer is the sum of the two numbers in three digits, units first", () => {
  for (const { first, second, answer } of items) {
    assert.match(answer, /^\d \d [01]$/);
    const [units, tens, hundreds] = answer.split(" ").map(Number) as [number, number, number];
    assert.equal(100 * hundreds + 10 * tens + units, first + second, `${first} + ${second}`);
  }
});

Deno.test("numbers of one digit and of two, sums with and without carry, all occur", () => {
  const kind = ({ first, second, units }: typeof items[number]) =>
    [Math.min(first, second) < 10, units > 9, first + second > 99].join();
  // Two numbers of which one is below 10 reach 100 by a carry only.
  assert.equal(distinct(items, kind).length, 7);
});
