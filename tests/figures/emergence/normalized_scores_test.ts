import assert from "node:assert/strict";
import { normalizedScoresFigure } from "../../../lib/figures/emergence/normalized_scores.ts";
import { emergenceRow as row } from "../tables.ts";
import { textFaults } from "../text_faults.ts";

const scores = (metric: string, high: number) =>
  [0, 64].map((step) => ({ step, metric, value: high * step / 64, stderr: 0.01 }));
const emergence = [row(0, 0), row(8, -0.1), row(64, 0.2)];

Deno.test("normalizedScoresFigure() draws every line from 0 to 1 and tells what 0 and 1 are", () => {
  const figure = normalizedScoresFigure(emergence, {
    model: "toy",
    scores: scores("copying", 0.4),
  });
  assert.match(figure.caption, /^0 and 1 are: E −0\.10 and 0\.20; copying 0\.0 and 0\.40\./);
  assert.match(figure.svg, /stroke-width="3"/);
});

Deno.test("normalizedScoresFigure() draws what never changes flat in the middle, and says so", () => {
  const figure = normalizedScoresFigure(emergence, {
    model: "toy",
    scores: [...scores("flat", 0), ...scores("copying", 0.4)],
  });
  assert.match(
    figure.caption,
    /copying 0\.0 and 0\.40\. Flat in the middle, since it never changes: flat, always 0\.0\./,
  );
  assert.doesNotMatch(figure.svg, /NaN|Infinity/);
  const still = normalizedScoresFigure([row(0, 0), row(64, 0)], {
    model: "toy",
    scores: scores("flat", 0),
  });
  assert.match(still.caption, /^Flat in the middle, since it never changes: E, always 0\.0; flat,/);
});

Deno.test("normalizedScoresFigure() refuses what was never measured, by name, and having no score", () => {
  const draw = (metric: string, high: number) =>
    normalizedScoresFigure(emergence, { model: "toy", scores: scores(metric, high) });
  assert.throws(() => draw("lost", NaN), /lost of toy was never measured, so it has no range/);
  assert.throws(
    () => normalizedScoresFigure(emergence, { model: "toy", scores: [] }),
    /toy has no score to draw E beside/,
  );
});

Deno.test("normalizedScoresFigure() gives each of more than six metrics a panel, with E in all", () => {
  const draw = (count: number) =>
    normalizedScoresFigure(emergence, {
      model: "toy",
      scores: Array.from({ length: count }, (_, i) => scores(`metric ${i}`, 1)).flat(),
    });
  const countOf = ({ svg }: { svg: string }, text: RegExp) => [...svg.matchAll(text)].length;
  const [six, seven, twelve] = [6, 7, 12].map(draw);
  for (
    const [figure, panels, count] of [[six!, 1, 6], [seven!, 7, 7], [twelve!, 12, 12]] as const
  ) {
    assert.equal(countOf(figure, /stroke-width="3"[^>]*><path/g), panels, `E of ${count}`);
    for (let i = 0; i < count; i++) assert.match(figure.svg, new RegExp(`>metric ${i}<`));
    assert.deepEqual([figure.width, countOf(figure, /NaN/g)], [640, 0]);
    assert.deepEqual(textFaults(figure), []);
  }
  assert.match(twelve!.caption, /^Black: E, the same in every panel/);
  assert.ok(twelve!.height > seven!.height);
});

Deno.test("normalizedScoresFigure() gives metrics with long names panels of their own, and millions whole names", () => {
  const name = "hendrycksTest-high_school_european_history/acc_norm";
  const figure = normalizedScoresFigure(emergence, {
    model: "toy",
    scores: [...scores(name, 0.4), ...scores("lambada_openai/ppl", 3e6)],
  });
  assert.match(figure.caption, /lambada_openai\/ppl 0\.0 and 3M\./);
  assert.match(figure.svg, />hendrycksTe…y\/acc_norm</);
  assert.deepEqual(textFaults(figure), []);
});
