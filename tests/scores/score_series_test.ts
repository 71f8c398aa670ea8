import assert from "node:assert/strict";
import type { FileScore } from "../../lib/scores/harness_score.ts";
import { namedSeries } from "../../lib/scores/score_series.ts";

const score = (value: number, shots: number | null, limit: number | null = null): FileScore => ({
  ...{ metric: "piqa/acc", task: "piqa", measure: "acc", value, stderr: 0.01, shots, limit },
  ...{ higherIsBetter: true, status: "ok", file: "toy.json" },
});
/** The values of each series over the steps. */
function series(steps: FileScore[][], shots?: number): Record<string, (number | null)[]> {
  const { scores } = namedSeries(new Map(steps.map((own, step) => [step, own])), shots);
  const values: Record<string, (number | null)[]> = {};
  for (const own of scores.values()) {
    for (const [name, { metric, value }] of own) {
      assert.equal(name, metric);
      (values[name] ??= []).push(value);
    }
  }
  return values;
}

Deno.test("namedSeries() leaves a metric its name that was measured in one way", () => {
  assert.deepEqual(series([[score(0.2, 0)], [score(0.3, 0)]]), { "piqa/acc": [0.2, 0.3] });
});

Deno.test("namedSeries() keeps numbers of examples apart, or takes the one that is meant", () => {
  const steps = [[score(0.2, 0), score(0.6, 5)], [score(0.7, 5), score(0.3, 0)]];
  assert.deepEqual(series(steps), {
    "piqa/acc (0-shot)": [0.2, 0.3],
    "piqa/acc (5-shot)": [0.6, 0.7],
  });
  assert.deepEqual(series(steps, 0), { "piqa/acc": [0.2, 0.3] });
  assert.deepEqual(series([[score(0.2, 0)], [score(0.7, 5)]]), {
    "piqa/acc (0-shot)": [0.2],
    "piqa/acc (5-shot)": [0.7],
  });
});

Deno.test("namedSeries() names what was measured on a part of the items, also where nothing else is there", () => {
  assert.deepEqual(series([[score(0.2, 0), score(0.9, 0, 10)]]), {
    "piqa/acc": [0.2],
    "piqa/acc (limit 10)": [0.9],
  });
  assert.deepEqual(series([[score(0.9, 0, 10), score(0.8, 5, 0.5)]]), {
    "piqa/acc (0-shot limit 10)": [0.9],
    "piqa/acc (5-shot limit 0.5)": [0.8],
  });
});

Deno.test("namedSeries() takes an unknown number of examples for the only known one, unless a step has both", () => {
  assert.deepEqual(series([[score(0.2, 0)], [score(0.3, null)]]), { "piqa/acc": [0.2, 0.3] });
  assert.deepEqual(series([[score(0.2, 0), score(0.6, null)]]), {
    "piqa/acc (0-shot)": [0.2],
    "piqa/acc (shots unknown)": [0.6],
  });
  assert.deepEqual(
    Object.keys(series([[score(0.2, 0)], [score(0.3, null)], [score(0.6, 5)]])),
    ["piqa/acc (0-shot)", "piqa/acc (shots unknown)", "piqa/acc (5-shot)"],
  );
});

Deno.test("namedSeries() says which metrics have several series, and refuses a number that none has", () => {
  const found = new Map([[0, [score(0.2, 0), score(0.6, 5), score(0.9, 0, 10)]]]);
  assert.deepEqual(namedSeries(found).warnings, [
    "piqa/acc was measured with 0 and 5 examples in the prompt; these are series of their own, of " +
    "which shots (--shots) chooses one",
    "piqa/acc (0-shot limit 10) was measured on a part of the items only",
  ]);
  assert.throws(() => namedSeries(found, 3), {
    name: "RangeError",
    message:
      "no score was measured with 3 examples in the prompt, only with 0 and 5; choose one of " +
      "these by shots (--shots), or leave it out",
  });
  assert.deepEqual(namedSeries(new Map(), 3).warnings, []);
});
