import assert from "node:assert/strict";
import { articles } from "../../../../data/training/english/skills/articles.ts";

Deno.test("every article with its word is a choice between a and an", () => {
  const text = "We saw an island, a ship of an hour, and a 4 or a B. A man can bathe a.";
  assert.deepEqual([...articles.sites(text)], [
    { context: "We saw ", right: "an island", wrong: "a island", answer: "first", match: "" },
    {
      context: "We saw an island, ",
      right: "a ship",
      wrong: "an ship",
      answer: "second",
      match: "",
    },
    {
      context: "We saw an island, a ship of ",
      right: "an hour",
      wrong: "a hour",
      answer: "first",
      match: "",
    },
  ]);
});
