import type { Baseline } from "../../../lib/emergence/baselines/baseline_row.ts";
import assert from "node:assert/strict";
import type { BaselineRow } from "../../../lib/emergence/baselines/baseline_row.ts";
import {
  emergenceBesideBaselineFigure,
  type EmergenceBesideBaselineOptions,
} from "../../../lib/figures/emergence/emergence_beside_baseline.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { emergenceRow } from "../tables.ts";

const baseline = (step: number, matrix: string, change: Partial<BaselineRow> = {}): BaselineRow => (
  {
    ...{ step, matrix, role: matrix, block: null, edges: 100, status: "ok" },
    ...{ meanWeightedDegree: 8 + step / 1000, frobeniusNorm: 3, distanceFromStep0: step },
    ...{ stableRank: null, hillK: 5, hillExponent: 4, hillStderr: 0.1 },
    ...{ lengthEntropy: 5, spectralExponent: null, spectralStderr: null, spectralXmin: null },
    ...{ spectralDistance: null, spectralTail: null },
    ...change,
  }
);
const steps = [0, 16, 1000];
const variants = ["single edges", "paths"].map((name, i) => (
  { name, rows: steps.map((step) => emergenceRow(step, (i - 0.5) * step / 4000)) }
));
const baselines = steps.flatMap((step) => [baseline(step, "a.weight"), baseline(step, "network")]);
const scores = steps.map((step) => (
  { step, metric: "mean score", value: step / 1000, stderr: 0.02 }
));
const draw = (change: Partial<EmergenceBesideBaselineOptions> = {}, of = variants) =>
  emergenceBesideBaselineFigure(of, { model: "toy", baselines, scores, ...change });

Deno.test("emergenceBesideBaselineFigure() has a panel each for E, the baseline and the score, on one axis of steps", () => {
  const texts = drawnTexts(draw());
  for (
    const label of [
      ...["↑ degree of emergence E", "↑ change of mean weighted degree (%)", "↑ mean score"],
      ...["single edges", "paths"],
    ]
  ) assert.equal(texts.filter((text) => text === label).length, 1, label);
  assert.equal(texts.filter((text) => text.startsWith("training step")).length, 1);
  assert.equal(draw().svg, draw().svg);
});

Deno.test("emergenceBesideBaselineFigure() draws the network's change from step 0 in per cent", () => {
  // From 8 to 9 is 12.5 %, so 10 is the last tick; neither the degree nor the ratio would have it.
  const texts = drawnTexts(draw({ scores: [] }, [variants[0]!]));
  assert.ok(texts.includes("10") && !texts.includes("15"), texts.join(" "));
  assert.equal(draw().svg.match(/<circle/g)!.length, steps.length); // no matrix by itself
});

Deno.test("emergenceBesideBaselineFigure() leaves the score out where there is none, and its words too", () => {
  const figure = draw({ scores: [] });
  assert.ok(!drawnTexts(figure).includes("↑ mean score"));
  assert.doesNotMatch(figure.caption, /score/);
  assert.match(draw().caption, /Below: the score/);
});

Deno.test("emergenceBesideBaselineFigure() refuses what it can't draw or compare", () => {
  assert.throws(() => draw({}, []), /toy has no reading of E to draw; give one/);
  assert.throws(
    () => draw({}, [{ name: "filtered", rows: [emergenceRow(0, NaN)] }]),
    /filtered of toy has no step with an E to draw/,
  );
  assert.throws(
    () => draw({ baselines: baselines.slice(2) }),
    /mean weighted degree of toy was not measured at step 0/,
  );
  assert.throws(
    () => draw({ baseline: "distanceFromStep0" }),
    /distance from step 0 of toy is 0 at step 0/,
  );
  assert.throws(
    () => draw({ baseline: "frobenius_norm" as Baseline }),
    /^RangeError: baseline must be one of meanWeightedDegree, .*, but it is "frobenius_norm"$/,
  );
  assert.throws(
    () => draw({ scores: [...scores, { ...scores[0]!, metric: "copying" }] }),
    /scores are of 2 metrics, but one is drawn/,
  );
});
