import assert from "node:assert/strict";
import { agreement } from "../../../data/training/skills/agreement.ts";
import { distinct, drawMany } from "./draw_many.ts";

/** Written out once more: subject, verb. */
const VERBS = new Map([
  ["dog", "barks"],
  ["dogs", "bark"],
  ["bird", "sings"],
  ["birds", "sing"],
  ["fish", "swims"],
  ["fishes", "swim"],
  ["horse", "runs"],
  ["horses", "run"],
  ["bell", "rings"],
  ["bells", "ring"],
  ["star", "shines"],
  ["stars", "shine"],
  ["ball", "rolls"],
  ["balls", "roll"],
  ["leaf", "falls"],
  ["leaves", "fall"],
]);

const items = drawMany(agreement).map(({ prompt, answer }) => {
  const [, subject, phrases] = /^G ([a-z]+)((?: (?:near|behind|above|beside) [a-z]+){1,4}) =$/
    .exec(prompt) ?? assert.fail(prompt);
  return { subject: subject!, phrases: phrases!.trim().split(" "), answer };
});

Deno.test("the answer is the subject's own verb in the subject's number", () => {
  for (const { subject, answer } of items) assert.equal(answer, VERBS.get(subject), subject);
  assert.deepEqual(distinct(items, ({ subject }) => subject), [...VERBS.keys()].sort());
});

Deno.test("one to four phrases come between, of all prepositions and nouns", () => {
  assert.deepEqual(distinct(items, ({ phrases }) => phrases.length / 2), ["1", "2", "3", "4"]);
  const words = items.flatMap(({ phrases }) => phrases);
  const prepositions = ["near", "behind", "above", "beside"];
  assert.deepEqual(distinct(words, (word) => word), [...VERBS.keys(), ...prepositions].sort());
});

Deno.test("the nearest noun suits the verb no more often than chance has it", () => {
  const singular = (noun: string) => VERBS.get(noun)!.endsWith("s");
  const agreeing = items.filter(({ subject, phrases }) =>
    singular(subject) === singular(phrases.at(-1)!)
  );
  assert.ok(Math.abs(agreeing.length / items.length - 0.5) < 4 * 0.5 / Math.sqrt(items.length));
});
