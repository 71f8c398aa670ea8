import assert from "node:assert/strict";
import { emergenceBesideScoresFigure } from "../../../lib/figures/emergence/emergence_beside_scores.ts";
import { emergenceRow as row } from "../tables.ts";
import { textFaults } from "../text_faults.ts";

const scores = (metric: string, high: number) =>
  [0, 64].map((step) => ({ step, metric, value: high * step / 64, stderr: 0 }));
const emergence = [row(0, 0), row(64, 0.2)];

Deno.test("emergenceBesideScoresFigure() draws a panel a metric, each on the range of its own values", () => {
  const figure = emergenceBesideScoresFigure(emergence, {
    model: "toy",
    scores: [...scores("copying", 0.4), ...scores("loss", 40)],
  });
  assert.match(figure.svg, />copying ↑</);
  assert.match(figure.svg, />loss ↑</);
  // The highest tick of each score stands at the same height, at the top.
  const place = (tick: string) =>
    figure.svg.match(new RegExp(`translate\\(\\d+\\.?\\d*,(\\d+\\.?\\d*)\\)"[^>]*>${tick}<`))?.[1];
  assert.ok(place("0.4") !== undefined);
  assert.equal(place("0.4"), place("40"));
});

Deno.test("emergenceBesideScoresFigure() writes the ticks of E alike in all panels, also in the lower ones of the last row", () => {
  const figure = emergenceBesideScoresFigure([row(0, 0), row(64, 0.235)], {
    model: "toy",
    scores: ["a", "b", "c"].flatMap((metric) => scores(metric, 40)),
  });
  const ticks = [...figure.svg.matchAll(/>(0\.\d+)</g)].map(([, tick]) => tick!);
  assert.deepEqual([...new Set(ticks)], ["0.00", "0.05", "0.10", "0.15", "0.20"]);
  assert.equal(ticks.length, 15);
});

Deno.test("emergenceBesideScoresFigure() draws a score that never changes as a line in the middle", () => {
  const figure = emergenceBesideScoresFigure(emergence, {
    model: "toy",
    scores: scores("flat", 0),
  });
  assert.doesNotMatch(figure.svg, /NaN|Infinity/);
});

Deno.test("emergenceBesideScoresFigure() refuses a model without scores, and one without any E", () => {
  assert.throws(
    () => emergenceBesideScoresFigure(emergence, { model: "toy", scores: [] }),
    /toy has no score to draw E beside/,
  );
  assert.throws(
    () => emergenceBesideScoresFigure([row(0, NaN)], { model: "toy", scores: scores("a", 1) }),
    /toy has no step with an E to draw; see the statuses/,
  );
});

Deno.test("emergenceBesideScoresFigure() writes millions whole, cuts long names, and draws no bar without a standard error", () => {
  const figure = emergenceBesideScoresFigure(emergence, {
    model: "toy",
    scores: [
      ...scores("lambada_openai/ppl", 3e6).map((one) => ({ ...one, higherIsBetter: false })),
      ...scores("hendrycksTest-high_school_european_history/acc_norm", 0.5),
    ].map((one) => ({ ...one, stderr: null })),
  });
  for (const text of ["3M", "1M", "0.5"]) assert.ok(figure.svg.includes(`>${text}<`), text);
  assert.match(figure.svg, />lambad[^<]*…[^<]*ppl, lower is better ↑</);
  assert.match(figure.svg, />hendrycksTest-hig…history\/acc_norm ↑</);
  assert.match(figure.caption, /the score without a bar, since no standard error is known\. Each/);
  assert.deepEqual(textFaults(figure), []);
});
