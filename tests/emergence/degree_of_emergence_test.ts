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
import { allClose, type GoldenModel, readGolden } from "../golden/golden.ts";
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
    assert.deepEqual([rows[0]!.E, rows[0]!.eLow, rows[0]!.eHigh], [0, 0, 0]);
    for (const { E, eLow, eHigh, status, samplesKept } of rows.slice(1)) {
      assert.ok(eLow < E && E < eHigh, `${eLow} < ${E} < ${eHigh}`);
      assert.deepEqual([status, samplesKept], ["ok", golden.meta.samples.length]);
    }
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
  // Every sample's alpha_0 halves and its width doubles: paired, the interval has no width at all.
  const [, row] = degreeOfEmergence([
    at(0, ok(1, 0.5), ok(2, 0.5), ok(4, 0.5)),
    at(7, ok(0.5, 1), ok(1, 1), ok(2, 1)),
  ]);
  assert.deepEqual([row!.E, row!.eLow, row!.eHigh], Array(3).fill(2 * Math.log(2)));
});

Deno.test("degreeOfEmergence() gives the same interval twice and another for another seed", () => {
  const steps = [
    at(0, ok(1, 0.5), ok(1.1, 0.6), ok(1.2, 0.4)),
    at(7, ok(0.5, 1), ok(0.7, 1.1), ok(0.4, 1.3)),
  ];
  const low = (seed: number) => degreeOfEmergence(steps, { seed, draws: 50 })[1]!.eLow;
  assert.equal(low(0), low(0));
  assert.notEqual(low(0), low(1));
});

Deno.test("degreeOfEmergence() averages only the samples kept, and counts them", () => {
  const [, row] = degreeOfEmergence([
    at(0, ok(1, 1), ok(1, 1), ok(1, 1)),
    at(7, ok(0.5, 1), ok(0.7, 3), lost),
  ]);
  assert.deepEqual([row!.alpha0, row!.width, row!.samplesKept, row!.status], [0.6, 2, 2, "ok"]);
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

Deno.test("degreeOfEmergence() gives E without an interval where fewer than two samples are kept", () => {
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
