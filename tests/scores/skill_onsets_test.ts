import assert from "node:assert/strict";
import { skillOnsets } from "../../lib/scores/skill_onsets.ts";

const scores = (metric: string, values: [number, number][]) =>
  values.map(([value, stderr], i) => ({ step: i === 0 ? 0 : 2 ** i, metric, value, stderr }));

Deno.test("skillOnsets() is the first step that is certainly past half of the way", () => {
  const [onset] = skillOnsets(
    scores("copying", [[0, 0], [0.4, 0], [0.55, 0.03], [0.6, 0.03], [1, 0]]),
  );
  // 0.55 − 1.96 · 0.03 is below a half, 0.60 − 1.96 · 0.03 is not.
  assert.deepEqual(onset, { metric: "copying", step: 8, first: 0, last: 1, status: "ok" });
});

Deno.test("skillOnsets() measures the way from the first score, whatever chance is", () => {
  const guessing: [number, number][] = [[0.5, 0], [0.7, 0], [0.8, 0], [1, 0]];
  assert.equal(skillOnsets(scores("choice", guessing))[0]!.step, 4);
  assert.equal(skillOnsets(scores("choice", guessing), { share: 0.3 })[0]!.step, 2);
});

Deno.test("skillOnsets() turns a loss over", () => {
  const [onset] = skillOnsets(scores("loss", [[4, 0.1], [3.9, 0.1], [1.5, 0.1], [1, 0.1]]));
  assert.equal(onset!.step, 4);
});

Deno.test("skillOnsets() has no step for a skill that is lost, or a loss that grows, and says so", () => {
  const fall: [number, number][] = [[0.6, 0.04], [0.5, 0.04], [0.4, 0.04]];
  const worse = "the last score is worse than the first";
  assert.deepEqual(skillOnsets(scores("parentheses", fall)), [
    { metric: "parentheses", step: null, first: 0.6, last: 0.4, status: worse },
  ]);
  const rise = scores("held_out_loss", [[1, 0.1], [2, 0.1]]);
  assert.equal(skillOnsets(rise)[0]!.status, worse);
  // Of a measure whose name tells nothing, either may be the better.
  assert.equal(skillOnsets(scores("length", [[9, 0.1], [2, 0.1]]))[0]!.step, 2);
});

Deno.test("skillOnsets() has no step for a skill that does not change, and says so", () => {
  const [flat, rising] = skillOnsets([
    ...scores("flat", [[0.1, 0.05], [0.9, 0.05], [0.2, 0.05]]),
    ...scores("vague", [[0, 0], [0.4, 0.1], [1, 0.4]]),
  ]);
  assert.deepEqual([flat!.step, flat!.status], [
    null,
    "the last score can't be told from the first",
  ]);
  assert.deepEqual([rising!.step, rising!.status], [
    null,
    "no score is certainly past 0.5 of the way",
  ]);
});

Deno.test("skillOnsets() sorts steps, keeps skills in order, and refuses shares out of range", () => {
  const rows = [...scores("b", [[0, 0], [1, 0]]).reverse(), ...scores("a", [[0, 0], [1, 0]])];
  assert.deepEqual(skillOnsets(rows).map(({ metric, step }) => [metric, step]), [["b", 2], [
    "a",
    2,
  ]]);
  assert.deepEqual(skillOnsets([]), []);
  assert.throws(
    () => skillOnsets(rows, { share: 50 }),
    /share must lie between 0 and 1, but it is 50/,
  );
  assert.throws(
    () => skillOnsets(rows, { stderrs: -1 }),
    /stderrs must be 0 or more, but it is -1/,
  );
});

Deno.test("skillOnsets() finds nothing certain without standard errors, and says so", () => {
  const rows = scores("piqa", [[0, 0], [0.5, 0], [1, 0]]);
  const [none] = skillOnsets(rows.map((row) => ({ ...row, stderr: null })));
  assert.deepEqual(none, {
    ...{ metric: "piqa", step: null, first: 0, last: 1 },
    status: "the standard errors of the scores are not known",
  });
  const [later] = skillOnsets(rows.map((row, i) => i === 1 ? { ...row, stderr: null } : row), {
    share: 0.25,
  });
  assert.equal(later!.step, 4);
});

Deno.test("skillOnsets() leaves out scores that are missing, and has no onset of a single one", () => {
  const at = (step: number, value: number) => ({ step, metric: "m", value, stderr: 0.01 });
  const [missing] = skillOnsets([at(0, 0), at(1, NaN), at(2, 0.9), at(3, 1), at(4, NaN)]);
  assert.deepEqual([missing!.first, missing!.last, missing!.step], [0, 1, 2]);
  const [single] = skillOnsets([at(0, 0.5), at(1, NaN)]);
  assert.deepEqual([single!.last, single!.status], [0.5, "fewer than two scores"]);
  assert.equal(skillOnsets([at(0, NaN)])[0]!.first, null);
});
