import assert from "node:assert/strict";
import {
  balancedChoices,
  type ChoiceSite,
  contextAt,
} from "../../../../data/training/english/skills/choice.ts";
import { RandomStream } from "../../../../data/training/random_stream.ts";

const site = (answer: ChoiceSite["answer"], match: string, i: number): ChoiceSite => ({
  context: `${match}${i}`,
  right: answer,
  wrong: "",
  answer,
  match,
});

const sites = [
  ...Array.from({ length: 9 }, (_, i) => site("first", ",", i)),
  ...Array.from({ length: 4 }, (_, i) => site("second", ",", i)),
  ...Array.from({ length: 2 }, (_, i) => site("first", ".", i)),
  ...Array.from({ length: 7 }, (_, i) => site("second", ".", i)),
  site("first", "!", 0),
];

Deno.test("choices are as many of either answer for every match, none twice", () => {
  const choices = balancedChoices(new RandomStream(1), sites, 100) as ChoiceSite[];
  const count = (answer: string, match: string) =>
    choices.filter((one) => one.answer === answer && one.match === match).length;
  assert.deepEqual([",", ".", "!"].map((match) => count("first", match)), [4, 2, 0]);
  assert.deepEqual([",", ".", "!"].map((match) => count("second", match)), [4, 2, 0]);
  assert.equal(new Set(choices).size, 12);
});

Deno.test("a limit leaves whole pairs, and the stream decides which", () => {
  const draw = (seed: number) => balancedChoices(new RandomStream(seed), sites, 6);
  assert.equal(draw(1).length, 6);
  assert.equal(draw(1).filter(({ right }) => right === "first").length, 3);
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
});

Deno.test("a context is what stands before a place, as much as can be read", () => {
  assert.equal(contextAt("abcdef", 4, 3), "bcd");
  assert.equal(contextAt("abcdef", 2, 3), "ab");
});
