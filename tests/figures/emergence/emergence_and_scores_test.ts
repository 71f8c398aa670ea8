import assert from "node:assert/strict";
import { emergenceAndScoresFigure } from "../../../lib/figures/emergence/emergence_and_scores.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { emergenceRow } from "../tables.ts";
import { textFaults } from "../text_faults.ts";

const emergence = [emergenceRow(0, 0), emergenceRow(64, 0.2)];
const score = (metric: string, ...values: [number, number]) =>
  values.map((value, i) => ({ step: 64 * i, metric, value, stderr: 0.02 }));
const draw = (scores: ReturnType<typeof score>) =>
  emergenceAndScoresFigure(emergence, { model: "nano-8", scores });

/** Places of the labels of metrics, from the top. */
function labels(svg: string): { text: string; x: number; y: number }[] {
  return [...svg.matchAll(/translate\(([\d.]+),([\d.]+)\)"[^>]*>([^<]+)<\/text><\/g>/g)]
    .map(([, x, y, text]) => ({ text: text!, x: Number(x), y: Number(y) }))
    .filter(({ text }) => /^[a-z_/]+$/.test(text)).sort((a, b) => a.y - b.y);
}

Deno.test("emergenceAndScoresFigure() names every score at the end of its line, from best to worst", () => {
  const { svg } = draw([...score("recall", 0, 0.3), ...score("copying", 0, 0.9)]);
  assert.deepEqual(labels(svg).map(({ text }) => text), ["copying", "recall"]);
});

Deno.test("emergenceAndScoresFigure() draws E in a colour that no score has", () => {
  const { svg } = draw([...score("recall", 0, 0.3), ...score("copying", 0, 0.9)]);
  const lines = [...svg.matchAll(/<g aria-label="line"[^>]* stroke="(#\w+)"/g)].map(([, c]) => c);
  assert.deepEqual([lines.length, new Set(lines).size], [3, 3]);
  assert.equal(lines[0], "#000000");
});

Deno.test("emergenceAndScoresFigure() keeps the names of equal scores apart and inside the panel", () => {
  const metrics = ["brackets", "copying", "sorting", "recall", "addition", "agreement"];
  const places = labels(draw(metrics.flatMap((metric) => score(metric, 0, 1))).svg);
  assert.equal(places.length, 6);
  places.slice(1).forEach(({ y }, i) => assert.ok(y - places[i]!.y > 13, `${y}`));
  assert.ok(places[0]!.y >= 28);
});

Deno.test("emergenceAndScoresFigure() leaves room for long names", () => {
  const { svg, width } = draw(score("lambada_openai/acc_norm", 0, 0.4));
  const [label] = labels(svg);
  assert.ok(label!.x + 8 + 7.4 * label!.text.length < width);
});

Deno.test("emergenceAndScoresFigure() gives a loss a panel and an axis of its own", () => {
  const shares = draw(score("copying", 0, 0.9));
  const both = draw([...score("copying", 0, 0.9), ...score("held_out_loss", 4.5, 1.5)]);
  assert.equal(both.height, shares.height + 200);
  const texts = drawnTexts(both);
  assert.ok(texts.includes("↑ share of right answers"));
  assert.ok(texts.includes("↑ held_out_loss"));
  const alone = drawnTexts(draw(score("held_out_loss", 4.5, 1.5)));
  assert.equal(alone.includes("↑ share of right answers"), false);
  for (const drawn of [texts, alone]) {
    assert.equal(drawn.filter((text) => text.startsWith("training step")).length, 1);
  }
});

Deno.test("emergenceAndScoresFigure() counts from a later step and leaves out what was before", () => {
  const rows = [emergenceRow(0, 0), emergenceRow(4096, -0.2), emergenceRow(4104, -0.1)];
  const scores = [0, 4096, 4104].map((step) => ({ step, metric: "loss", value: 9, stderr: 0 }));
  const texts = drawnTexts(emergenceAndScoresFigure(rows, { model: "a", scores, since: 4096 }));
  assert.ok(texts.includes("steps since step 4,096 (spaced as ln(1 + steps)) →"));
  assert.ok(texts.includes("4"));
  assert.equal(texts.includes("64"), false);
  const late = { model: "a", scores, since: 5000 };
  assert.throws(() => emergenceAndScoresFigure(rows, late), /no step with an E .* from step 5000/);
  assert.throws(
    () => emergenceAndScoresFigure([emergenceRow(5000, 0)], late),
    /no score to draw E beside from step 5000 on/,
  );
});

Deno.test("emergenceAndScoresFigure() draws the same bytes twice", () => {
  const scores = score("copying", 0, 0.9);
  assert.equal(draw(scores).svg, draw(scores).svg);
});

Deno.test("emergenceAndScoresFigure() refuses to draw without an E or a score", () => {
  assert.throws(() => draw([]), /nano-8 has no score to draw E beside/);
  assert.throws(
    () =>
      emergenceAndScoresFigure([emergenceRow(0, NaN)], {
        model: "nano-8",
        scores: score("copying", 0, 1),
      }),
    /nano-8 has no step with an E to draw; see the statuses/,
  );
});

Deno.test("emergenceAndScoresFigure() dashes lines whose colour is used up, and says so at their ends", () => {
  const many = Array.from({ length: 8 }, (_, i) => score(`metric ${i}`, 0, 0.1 + 0.1 * i)).flat();
  const figure = draw(many);
  assert.equal(figure.svg.match(/stroke-dasharray="5,3"/g)!.length, 2);
  const texts = drawnTexts(figure);
  assert.ok(texts.includes("metric 5") && texts.includes("metric 6 (dashed)"));
  assert.deepEqual(textFaults(figure), []);
});

const steps = (metric: string, values: readonly number[], more: object = {}) =>
  values.map((value, i) => ({ step: 64 * i, metric, value, stderr: 0.01, ...more }));

Deno.test("emergenceAndScoresFigure() draws no bar without a standard error, and says so", () => {
  const unknown = steps("piqa/acc", [0.2, 0.5], { stderr: null });
  const none = emergenceAndScoresFigure(emergence, { model: "nano-8", scores: unknown });
  assert.match(none.caption, /items, without a bar, since no standard error is known\. All/);
  const bars = (svg: string) => svg.match(/<line /g)?.length ?? 0;
  const known = steps("sciq/acc", [0.2, 0.5]);
  const some = draw([...unknown, ...known] as ReturnType<typeof score>);
  assert.equal(bars(some.svg) - bars(none.svg), 2);
  assert.match(
    some.caption,
    /bars are ± one standard error where that is known, which it is not throughout for piqa\/acc\./,
  );
});

Deno.test("emergenceAndScoresFigure() calls only shares of right answers so, and writes millions whole", () => {
  const figure = draw([
    ...steps("piqa/acc", [0.2, 0.5]),
    ...steps("t/f1", [0.2, 0.5]),
    ...steps("t/mc2", [0.2, 0.5]),
    ...steps("lambada_openai/ppl", [3e6, 10], { stderr: 1, higherIsBetter: false }),
    ...steps("t/falls", [0.9, 0.1], { higherIsBetter: false }),
  ]);
  const texts = drawnTexts(figure);
  for (
    const label of [
      ...["↑ share of right answers", "↑ score from 0 to 1", "↑ t/falls, lower is better"],
      ...["↑ lambada_openai/ppl, lower is better", "3M", "1M"],
    ]
  ) assert.ok(texts.includes(label), label);
  assert.deepEqual(textFaults(figure), []);
});

Deno.test("emergenceAndScoresFigure() keys names that are too long for its side, twelve lines a panel", () => {
  const name = (i: number) => `harness|hendrycksTest-high_school_european_history_${i}|5/acc_norm`;
  const figure = draw(Array.from({ length: 14 }, (_, i) => score(name(i), 0, 0.5 + i / 50)).flat());
  const texts = drawnTexts(figure);
  assert.equal(texts.filter((text) => text === "↑ share of right answers").length, 2);
  assert.equal(texts.filter((text) => text.startsWith("harness|hend")).length, 14);
  assert.deepEqual(textFaults(figure), []);
  // The axis of steps keeps its length.
  const right = [...figure.svg.matchAll(/aria-label="x-axis tick"[^]*?<\/g>/g)].length;
  assert.ok(right > 0 && figure.width === 640);
});
