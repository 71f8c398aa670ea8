import assert from "node:assert/strict";
import {
  checkSteps,
  type ComparableSpectrum,
  degreeOfEmergence,
} from "../../lib/emergence/degree_of_emergence.ts";
import {
  type MultifractalSpectrum,
  multifractalSpectrum,
} from "../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { allClose, close, type GoldenModel, readGolden } from "../golden/golden.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { goldenSteps } from "./golden_steps.ts";

for (const file of ["h128", "h512", "h512_subset_bug"]) {
  Deno.test(`degreeOfEmergence() averages ${file}.json as published in every filter mode`, () => {
    const golden = readGolden<GoldenModel>(file);
    for (const filterMode of [0, 1, 2, 3] as const) {
      const rows = degreeOfEmergence(goldenSteps(golden, "alpha_0"), { filterMode, draws: 2 });
      const expected = golden.averaged[filterMode];
      allClose(rows.map(({ alpha0 }) => alpha0), expected.alpha_0_mean, 1e-14, "alpha_0");
      allClose(rows.map(({ width }) => width), expected.width_mean, 1e-14, "width");
      allClose(rows.map(({ E }) => E), expected.E, 1e-13, `E in filter mode ${filterMode}`);
      for (const { E, status } of rows) {
        assert.equal(Number.isNaN(E), /none of \d+ samples/.test(status));
      }
    }
  });
}

for (const [file, model] of [["h128", "pythia-14m"], ["h512", "pythia-70m-deduped"]] as const) {
  Deno.test(`degreeOfEmergence() goes from the weights to the analytic E of ${file}.json`, () => {
    const golden = readGolden<GoldenModel>(file);
    const measured = new Map<string, MultifractalSpectrum>();
    const key = (step: number, sample: number) => `${step} ${sample}`;
    for (const { step, sample } of golden.networks) {
      const spectrum = multifractalSpectrum(growBoxes(goldenNetwork(model, step, sample)));
      measured.set(key(step, sample), spectrum);
    }
    const rows = degreeOfEmergence(golden.meta.steps.map((step) => ({
      step,
      samples: golden.meta.samples.map((sample) => ({
        sample,
        spectrum: measured.get(key(step, sample))!,
      })),
    })));
    const expected = golden.averaged_analytic;
    allClose(rows.map(({ alpha0 }) => alpha0), expected.alpha_q0_mean, 1e-12, "alpha_0");
    allClose(rows.map(({ width }) => width), expected.width_mean, 1e-12, "width");
    allClose(rows.map(({ E }) => E), expected.E, 1e-11, "E");
    const { length } = golden.meta.samples;
    assert.ok(rows.every(({ samplesKept }) => samplesKept === length));
    if (length < 5) return assert.ok(rows.every(({ status }) => /and it needs 5$/.test(status)));
    assert.deepEqual([rows[0]!.E, rows[0]!.eLow, rows[0]!.eHigh], [0, 0, 0]);
    for (const { E, eLow, eHigh } of rows.slice(1)) {
      assert.ok(eLow < E && E < eHigh, `${eLow} < ${E} < ${eHigh}`);
    }
    // Its E are −0.04 in one sample and 0.04 in nine.
    assert.match(
      rows.map(({ status }) => status).join(),
      /two kinds of samples: 9 of 10 with a higher E/,
    );
  });
}

const ok = (alpha0: number, width: number, kept = true): ComparableSpectrum => ({
  status: "ok",
  alpha0,
  width,
  filterPass: [true, kept, true, kept],
});
const lost: ComparableSpectrum = {
  status: "no node selected",
  reason: "None of 3 nodes has enough edges.",
};
const at = (step: number, ...spectra: ComparableSpectrum[]) => ({
  step,
  samples: spectra.map((spectrum, sample) => ({ sample, spectrum })),
});

Deno.test("degreeOfEmergence() pairs the samples of a step with those of step 0", () => {
  // Every sample's alpha_0 is halved and its width doubled, nearly: paired, the interval is narrow.
  const alpha0 = [1, 2, 4, 3, 2.5, 1.5];
  const before = alpha0.map((value) => ok(value, 0.5));
  const after = alpha0.map((value, i) => ok(value / 2, 1 + i / 1e6));
  const [, row] = degreeOfEmergence([at(0, ...before), at(7, ...after)]);
  close(row!.E, 2 * Math.log(2), 1e-5, "E");
  assert.ok(row!.eHigh - row!.eLow > 1e-7 && row!.eHigh - row!.eLow < 1e-5);
  // Without any difference there is nothing to tell how E varies.
  const same = alpha0.map((value) => ok(value / 2, 1));
  const [, flat] = degreeOfEmergence([at(0, ...before), at(7, ...same)]);
  assert.deepEqual([flat!.E, flat!.eLow, flat!.eHigh], [2 * Math.log(2), NaN, NaN]);
  assert.equal(flat!.status, "no interval: all 6 samples give the same E");
});

const untrained = [1, 1.1, 1.2, 1.05, 1.15].map((alpha0, i) => ok(alpha0, 0.4 + i / 20));
const trained = [0.5, 0.7, 0.4, 0.55, 0.65].map((alpha0, i) => ok(alpha0, 1 + i / 10));

Deno.test("degreeOfEmergence() gives the same interval twice and another for another seed", () => {
  const skewed = trained.with(1, ok(0.4, 2));
  const low = (seed: number) =>
    degreeOfEmergence([at(0, ...untrained), at(7, ...skewed)], { seed, draws: 50 })[1]!.eLow;
  assert.equal(low(0), low(0));
  assert.ok(new Set(Array.from({ length: 9 }, (_, seed) => low(seed))).size > 1);
});

Deno.test("degreeOfEmergence() has the interval of the jackknife's pseudo-values, as NumPy 2.4.6 computes them", () => {
  // numpy: theta(all), theta without each, pseudo = 5 theta - 4 without; scipy.stats.t.ppf(0.975, 4) * std / sqrt(5)
  const [, row] = degreeOfEmergence([at(0, ...untrained), at(7, ...trained)], { draws: 1 });
  close(row!.E, 1.6203088201374405, 1e-12, "E");
  // With one draw Student's t is all there is at the wider end or both.
  assert.ok(
    row!.eLow <= row!.E - 0.6976132775447001 + 1e-12 &&
      row!.eHigh >= row!.E + 0.6976132775447001 - 1e-12,
  );
  const close1 = Math.min(row!.E - row!.eLow, row!.eHigh - row!.E);
  close(close1, 0.6976132775447001, 1e-12, "reach by Student's t");
});

Deno.test("degreeOfEmergence() names two kinds of samples, and their interval is as wide as their share is uncertain", () => {
  const kinds = (...radii: number[]) =>
    radii.map((own, i) => ({
      ...ok(own === 149 ? 0.5 + i / 1000 : 0.8 + i / 1000, 1),
      radii: own,
    } as ComparableSpectrum));
  const radii = [149, 149, 148, 149, 149, 148, 149, 149, 148, 149];
  const same = Array.from(radii, () => ({ ...ok(1, 1), radii: 148 } as ComparableSpectrum));
  const [, row] = degreeOfEmergence([at(0, ...same), at(7, ...kinds(...radii))]);
  assert.equal(
    row!.status,
    "two kinds of samples: 7 of 10 hold an edge length that others lack",
  );
  const [low, high] = [Math.log(1 / 0.8), Math.log(1 / 0.5)];
  // Clopper and Pearson's interval of 7 of 10 is 0.348 to 0.933.
  close(row!.eLow, low + 0.348 * (high - low), 0.06, "low");
  close(row!.eHigh, low + 0.933 * (high - low), 0.06, "high");
  const [, other] = degreeOfEmergence([
    at(
      0,
      ...radii.map((
        own,
        i,
      ) => ({ ...ok(own === 149 ? 1 : 2 + i / 99, 1), radii: own } as ComparableSpectrum)),
    ),
    at(7, ...same.map((one, i) => ({ ...one, width: 1 + i / 99 }))),
  ]);
  assert.match(
    other!.status,
    /two kinds of samples: 7 of 10 hold an edge length that others lack at step 0$/,
  );
});

Deno.test("degreeOfEmergence() averages only the samples kept, and counts them", () => {
  const [, row] = degreeOfEmergence([
    at(0, ok(1, 1), ok(1, 1), ok(1, 1)),
    at(7, ok(0.5, 1), ok(0.7, 3), lost),
  ]);
  assert.deepEqual([row!.alpha0, row!.width, row!.samplesKept], [0.6, 2, 2]);
  assert.equal(row!.status, "no interval: 2 samples kept at this step or step 0, and it needs 5");
});

Deno.test("degreeOfEmergence() says why a step has no E", () => {
  const rows = degreeOfEmergence([at(0, ok(1, 1), ok(1, 1)), at(7, lost, ok(1, 1, false))], {
    filterMode: 1,
  });
  assert.equal(rows[1]!.samplesKept, 0);
  assert.ok(Number.isNaN(rows[1]!.E) && Number.isNaN(rows[1]!.alpha0));
  assert.equal(
    rows[1]!.status,
    "none of 2 samples kept: 1 without a spectrum (None of 3 nodes has enough edges), 1 that fail filter mode 1",
  );
});

Deno.test("degreeOfEmergence() keeps alpha_0 and width of a step when step 0 has no sample", () => {
  const [, row] = degreeOfEmergence([at(0, lost), at(7, ok(0.5, 1))]);
  assert.deepEqual([row!.alpha0, row!.width], [0.5, 1]);
  assert.ok(Number.isNaN(row!.E));
  assert.match(row!.status, /^no E: at step 0 none of 1 samples kept/);
});

Deno.test("degreeOfEmergence() gives E without an interval where fewer than five samples are kept", () => {
  const [, row] = degreeOfEmergence([at(0, ok(1, 1), ok(1, 1)), at(7, ok(0.5, 1), lost)]);
  assert.equal(row!.E, Math.log(2));
  assert.ok(Number.isNaN(row!.eLow) && Number.isNaN(row!.eHigh));
  assert.match(row!.status, /^no interval: 1 sample kept/);
});

Deno.test("degreeOfEmergence() says that a width of 0 at step 0 leaves no E", () => {
  const [first, second] = degreeOfEmergence([at(0, ok(1, 0)), at(7, ok(0.5, 1))]);
  for (const row of [first!, second!]) assert.match(row.status, /width at step 0 is not above 0/);
});

Deno.test("degreeOfEmergence() gives alpha_0 and width without step 0, and says what E lacks", () => {
  const [row] = degreeOfEmergence([at(512, ok(1, 2)), at(1000, ok(1, 1))]);
  assert.deepEqual([row!.alpha0, row!.width, row!.E, row!.eLow], [1, 2, NaN, NaN]);
  assert.equal(
    row!.status,
    "no E: there is no step 0 to compare with; baseline (--baseline 512) compares with the first step",
  );
  const [dropped] = degreeOfEmergence([stepOf(512, 0)]);
  assert.match(dropped!.status, /^none of 1 samples kept: 1 without a spectrum/);
});

Deno.test("degreeOfEmergence() compares with the baseline given, and every row names it", () => {
  const steps = [at(0, ok(2, 9)), at(512, ok(1, 2)), at(1000, ok(0.5, 4))];
  const rows = degreeOfEmergence(steps, { baseline: 512 });
  assert.equal(rows[1]!.E, 0);
  assert.equal(rows[2]!.E, 2 * Math.log(2));
  assert.deepEqual(rows.map(({ baseline }) => baseline), [512, 512, 512]);
  assert.match(rows[2]!.status, /^no interval: 1 sample kept at this step or step 512,/);
  const drawn = degreeOfEmergence(steps, { baseline: "init" });
  assert.deepEqual(drawn.map(({ baseline }) => baseline), ["init", "init", "init"]);
  const usual = degreeOfEmergence(steps);
  assert.deepEqual(degreeOfEmergence(steps, { baseline: 0 }), usual);
  assert.ok(!("baseline" in usual[0]!));
});

Deno.test("degreeOfEmergence() refuses a baseline that is not among the steps", () => {
  assert.throws(() => degreeOfEmergence([at(512, ok(1, 1))], { baseline: 7 }), {
    name: "RangeError",
    message:
      "E compares with step 7, which is missing from the steps 512; add it, or choose another baseline",
  });
});

Deno.test("degreeOfEmergence() refuses options that are unknown or out of range", () => {
  const steps = [at(0, ok(1, 1))];
  assert.throws(
    () => degreeOfEmergence(steps, { filterMode: 4 as 3 }),
    /0, 1, 2 or 3, but it is 4/,
  );
  assert.throws(() => degreeOfEmergence(steps, { draw: 10 } as object), /did you mean "draws"/);
  assert.throws(
    () => degreeOfEmergence(steps, { draws: 0 }),
    /draws must be an integer from 1 to 1000000, but it is 0/,
  );
});

const withoutSpectrum: ComparableSpectrum = {
  status: "no node selected",
  reason: "None of 3 nodes has enough edges.",
};
const stepOf = (step: number, ...samples: number[]) => ({
  step,
  samples: samples.map((sample) => ({ sample, spectrum: withoutSpectrum })),
});

Deno.test("checkSteps() lets steps in any order pass, with samples missing at some", () => {
  checkSteps([stepOf(1000, 0, 2), stepOf(0, 0, 1, 2), stepOf(512)]);
});

Deno.test("checkSteps() gives the step to compare with, null where there is none", () => {
  assert.equal(checkSteps([stepOf(512), stepOf(0)]), 0);
  assert.equal(checkSteps([stepOf(512), stepOf(0)], 512), 512);
  assert.equal(checkSteps([stepOf(512), stepOf(1000)]), null);
});

Deno.test("checkSteps() refuses steps and samples given twice", () => {
  assert.throws(() => checkSteps([stepOf(0), stepOf(0)]), /Step 0 comes twice/);
  assert.throws(() => checkSteps([stepOf(0, 3, 3)]), /Sample 3 of step 0 comes twice/);
});
