import assert from "node:assert/strict";
import { SKILLS } from "../../../lib/suite/skills.ts";
import { scoreRow, scoreTable } from "../../../lib/suite/training/score_table.ts";

const scores = {
  heldOutLoss: { value: 1.5, stderr: 0.25 },
  skills: new Map(SKILLS.map(({ name }, i) => [name, { value: i / 8, stderr: i / 64 }])),
};

Deno.test("a row has the step, the loss and every skill, each followed by its standard error", () => {
  assert.deepEqual(Object.entries(scoreRow(64, scores)), [
    ["step", 64],
    ["held_out_loss", 1.5],
    ["held_out_loss_stderr", 0.25],
    ["brackets", 0],
    ["brackets_stderr", 0],
    ["copying", 0.125],
    ["copying_stderr", 0.015625],
    ["sorting", 0.25],
    ["sorting_stderr", 0.03125],
    ["recall", 0.375],
    ["recall_stderr", 0.046875],
    ["addition", 0.5],
    ["addition_stderr", 0.0625],
    ["agreement", 0.625],
    ["agreement_stderr", 0.078125],
  ]);
});

Deno.test("the table is a header and a line a row, in the order given", () => {
  const rows = [0, 1].map((step) =>
    scoreRow(step, { ...scores, skills: new Map([["recall", { value: 1 / 3, stderr: 0 }]]) })
  );
  assert.equal(
    scoreTable(rows),
    "step,held_out_loss,held_out_loss_stderr,recall,recall_stderr\n" +
      "0,1.5,0.25,0.3333333333333333,0\n" +
      "1,1.5,0.25,0.3333333333333333,0\n",
  );
});
