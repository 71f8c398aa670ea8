import assert from "node:assert/strict";
import {
  binomialProbabilities,
  drawBinomial,
  poissonProbabilities,
  type ValueProbabilities,
} from "../../../lib/emergence/null_models/value_probabilities.ts";
import { seededStreams } from "../../../lib/emergence/null_models/shuffle.ts";
import { close, closeRelative } from "../../golden/golden.ts";
import { agreesWith, logFactorial, timesOf } from "./chi_square.ts";

function moments({ first, probabilities }: ValueProbabilities) {
  const sum = (of: (value: number) => number) =>
    probabilities.reduce((sum, probability, i) => sum + probability * of(first + i), 0);
  const mean = sum((value) => value);
  return { all: sum(() => 1), mean, variance: sum((value) => (value - mean) ** 2) };
}

Deno.test("poissonProbabilities() are those of the formula, and leave out nothing that matters", () => {
  for (const mean of [1e-3, 0.7, 1, 14.3, 900]) {
    const found = poissonProbabilities(mean), { first, probabilities } = found;
    for (const [i, probability] of probabilities.entries()) {
      const k = first + i, expected = Math.exp(k * Math.log(mean) - mean - logFactorial(k));
      closeRelative(probability, expected, 1e-10, `${k} of ${mean}`);
    }
    const { all, mean: found1, variance } = moments(found);
    close(all, 1, 1e-14, "all");
    closeRelative(found1, mean, 1e-12, "mean");
    closeRelative(variance, mean, 1e-10, "variance");
  }
});

Deno.test("binomialProbabilities() are those of the formula, for few trials and for fifty million", () => {
  for (const [trials, success] of [[1, 0.5], [5, 0.9], [40, 0.03], [3000, 0.4]] as const) {
    const { first, probabilities } = binomialProbabilities(trials, success);
    for (const [i, probability] of probabilities.entries()) {
      const k = first + i;
      const ways = logFactorial(trials) - logFactorial(k) - logFactorial(trials - k);
      const expected = Math.exp(ways + k * Math.log(success) + (trials - k) * Math.log1p(-success));
      closeRelative(probability, expected, 1e-9, `${k} of ${trials}`);
    }
  }
  for (const success of [1e-9, 0.02, 0.5, 0.999]) {
    const { all, mean, variance } = moments(binomialProbabilities(5e7, success));
    close(all, 1, 1e-12, "all");
    closeRelative(mean, 5e7 * success, 1e-9, "mean");
    closeRelative(variance, 5e7 * success * (1 - success), 1e-6, "variance");
  }
});

Deno.test("drawBinomial() draws each number of successes as often as it is likely", () => {
  const generator = seededStreams(0, 0, "successes")(0);
  const drawn = Array.from({ length: 4000 }, () => drawBinomial(12, 0.3, generator));
  const { first, probabilities } = binomialProbabilities(12, 0.3);
  agreesWith(timesOf(drawn), new Map([...probabilities].map((p, i) => [first + i, p])));
});

Deno.test("drawBinomial() of a sure or an impossible success needs no chance", () => {
  const generator = seededStreams(0, 0, "sure")(0);
  assert.equal(drawBinomial(7, 0, generator), 0);
  assert.equal(drawBinomial(7, -1e-17, generator), 0);
  assert.equal(drawBinomial(7, 1, generator), 7);
  assert.equal(drawBinomial(0, 0.5, generator), 0);
});
