import assert from "node:assert/strict";
import { capitals } from "../../../../data/training/english/skills/capitals.ts";

Deno.test("words after full stops and inside sentences are choices of their first letter, matched by it", () => {
  const text = "It was so. Then I, at U.S. Ports, met Tom. I say: he is here.";
  assert.deepEqual(
    [...capitals.sites(text)].map(({ context, right, wrong, answer, match }) => [
      context.slice(-7),
      right + wrong,
      answer,
      match,
    ]),
    [
      ["It ", "wW", "second", "w"],
      ["It was ", "sS", "second", "s"],
      ["was so. ".slice(-7), "Tt", "first", "t"],
      ["ay: he ", "iI", "second", "i"],
      [" he is ", "hH", "second", "h"],
    ],
  );
});
