/** What a page of solutions takes from a run, and that a wrong number in a discussion is found. */

import assert from "node:assert/strict";
import { partsShown, solutionPage, unknownNumbers } from "./solution_page.ts";

const TABLE = "step         E\n────  ────────\n   0         0\n4096  -0.16736";

Deno.test("tables that follow one another, lines and figures are told apart", () => {
  const figure = '<svg><text x="1">α₀ 1.00</text><text x="2">0.5</text></svg>';
  const shown = `${TABLE}\n${TABLE}\n5 of 9 with a tie\n${figure}\nFigure a: One. Two samples.`;
  assert.deepEqual(partsShown(shown), {
    tables: [TABLE, TABLE],
    lines: ["5 of 9 with a tie"],
    captions: ["One.", "Two samples."],
    labels: ["α₀ 1.00"],
  });
});

Deno.test("a decimal number of a discussion must be shown, rounded at most", () => {
  assert.deepEqual(unknownNumbers("E is −0.167, about −0.17 at 4096", [TABLE]), []);
  assert.deepEqual(unknownNumbers("E is 0.167 or −0.168", [TABLE]), ["0.167", "-0.168"]);
});

Deno.test("a page has the question, the change, the tables before and now, and the discussion", () => {
  const exercise = { number: 1, says: "a", edits: [["a = 1", "a = 2"]] as const };
  const now = TABLE.replace("-0.16736", "-0.04000");
  const page = solutionPage({ notebook: "01_some", exercises: [exercise] }, [
    { exercise, question: "Set a. What then?", shown: now, discussion: "E is nearer to 0." },
  ], TABLE);
  const [, solution] = page.split(/^## /m);
  assert.equal(
    solution,
    "1. Set a. What then?\n\n```diff\n- a = 1\n+ a = 2\n```\n\nBefore:\n\n```text\n" + TABLE +
      "\n```\n\nNow:\n\n```text\n" + now + "\n```\n\nE is nearer to 0.\n",
  );
});
