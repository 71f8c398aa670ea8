import assert from "node:assert/strict";
import {
  type ComparableSpectrum,
  type ComparableStep,
  degreeOfEmergence,
} from "../../lib/emergence/degree_of_emergence.ts";

const spectrum = (alpha0: number, more: Partial<ComparableSpectrum> = {}): ComparableSpectrum => ({
  ...{ status: "ok" as const, alpha0, width: 1, filterPass: [true, true, true, true] as const },
  ...more as object,
});
const at = (step: number, ...spectra: ComparableSpectrum[]): ComparableStep => ({
  step,
  samples: spectra.map((spectrum, sample) => ({ sample, spectrum })),
});

Deno.test("samples that are the same at each step give no interval, and the status says why", () => {
  const [first, last] = degreeOfEmergence([
    at(0, spectrum(1), spectrum(1), spectrum(1)),
    at(8, spectrum(0.5), spectrum(0.5), spectrum(0.5)),
  ]);
  assert.equal(last!.E, Math.log(2));
  for (const row of [first!, last!]) {
    assert.ok(Number.isNaN(row.eLow) && Number.isNaN(row.eHigh));
    assert.equal(
      row.status,
      "no interval: all 3 samples are the same, as those of the same neurons are",
    );
  }
  const [same, other] = degreeOfEmergence([
    at(0, ...[1, 1, 1, 1, 1].map((alpha0) => spectrum(alpha0))),
    at(8, ...[0.5, 0.6, 0.57, 0.55, 0.53].map((alpha0) => spectrum(alpha0))),
  ]);
  assert.deepEqual([same!.status, same!.eLow, other!.status], ["ok", 0, "ok"]);
});

Deno.test("few selected neurons and poor fits are notes that leave the numbers alone", () => {
  const fits = (selectedNodes: number, ...r: number[]) => ({
    selectedNodes,
    q: Float64Array.of(-1, 0, 1),
    rValue: Float64Array.from(r),
  });
  const [good, poor] = degreeOfEmergence([
    at(
      0,
      spectrum(1, fits(30, -0.8, 0, 0.9)),
      ...[1.1, 1.05, 1.2, 0.98].map((alpha0) => spectrum(alpha0, fits(31, -0.8, 0, NaN))),
    ),
    at(
      8,
      spectrum(0.5, fits(29, -0.9, 0, 0.6)),
      ...[0.6, 0.57, 0.55, 0.53].map((alpha0) => spectrum(alpha0, fits(40, -0.7, 0, 0.9))),
    ),
  ]);
  assert.equal(good!.status, "ok");
  assert.equal(
    poor!.status,
    "few neurons: 29 selected in a sample, fewer than 30; poor fit: r² 0.36 at q = 1, below 0.5",
  );
  assert.ok(poor!.eLow < poor!.E && poor!.E < poor!.eHigh);
});

Deno.test("an interval that may be too narrow for few short edges is noted, at its own step or at step 0", () => {
  const holding = (atFirst: number, atSecond: number) => (sample: number) => ({
    smallestRadii: [
      { radius: 2, edges: atFirst + +(sample === 0) },
      { radius: 3, edges: atSecond },
    ],
  });
  const unknown = () => ({});
  const steps = (before: (sample: number) => object, after: (sample: number) => object) => [
    at(0, ...[1, 1.1, 1.05, 1.2, 0.98].map((alpha0, k) => spectrum(alpha0, before(k)))),
    at(8, ...[0.5, 0.6, 0.57, 0.55, 0.53].map((alpha0, k) => spectrum(alpha0, after(k)))),
  ];
  const statuses = (...both: Parameters<typeof steps>) =>
    degreeOfEmergence(steps(...both)).map(({ status }) => status);
  const note = "interval may be too narrow: ";
  assert.deepEqual(statuses(holding(10, 130), holding(10, 130)), ["ok", "ok"]);
  assert.deepEqual(statuses(holding(10, 130), holding(2, 30)), [
    "ok",
    `${note}2.2 edges a sample have the smallest radius 2, others may lack it`,
  ]);
  assert.deepEqual(statuses(holding(1, 30), holding(60, 300)), [
    // E of step 0 is 0 by definition.
    "ok",
    `${note}others may hold an edge shorter than 2, and ` +
    "at step 0 1.2 edges a sample have the smallest radius 2, others may lack it",
  ]);
  const [, plain] = degreeOfEmergence(steps(unknown, unknown));
  const [, noted] = degreeOfEmergence(steps(unknown, holding(2, 30)));
  assert.deepEqual({ ...noted, status: "ok" }, plain);
  // Without an interval there is none to be too narrow.
  const few = steps(unknown, holding(2, 30)).map(({ step, samples }) => (
    { step, samples: samples.slice(0, 3) }
  ));
  assert.match(degreeOfEmergence(few)[1]!.status, /^no interval: 3 samples kept [^;]*$/);
});
