import assert from "node:assert/strict";
import {
  type ComparableSpectrum,
  type ComparableStep,
  degreeOfEmergence,
} from "../../lib/emergence/degree_of_emergence.ts";
import { excessEmergence } from "../../lib/emergence/excess_emergence.ts";
import { close } from "../golden/golden.ts";
import { excessOverPermuted, permutedSteps, plantedSteps } from "./planted_network.ts";

const spectrum = (width: number, alpha0: number): ComparableSpectrum => ({
  status: "ok",
  alpha0,
  width,
  filterPass: [true, true, true, true],
});
const lost: ComparableSpectrum = { status: "no node selected", reason: "None of 3 nodes." };

/** A run whose E at step 8 is each sample's `values[k]`, at step 0 it is 0. */
const run = (...values: readonly (number | null)[]): ComparableStep[] => [
  { step: 0, samples: values.map((_, sample) => ({ sample, spectrum: spectrum(1, Math.E) })) },
  {
    step: 8,
    samples: values.map((value, sample) => ({
      sample,
      spectrum: value === null ? lost : spectrum(value, 1),
    })),
  },
];
const last = (...given: Parameters<typeof excessEmergence>) => excessEmergence(...given)[1]!;

Deno.test("excessEmergence() finds neurons of unequal strength that permuting destroys: power 1 at a spread of 0.2", async () => {
  // Counted before: 20 of 20 networks at a spread of 0.2, 12 of 20 at 0.1. Unequal strength of what enters neurons, which no
  // mass counts, was found in 6 of 20 at a spread of 1.
  let found = 0;
  for (let network = 0; network < 20; network++) {
    const row = await excessOverPermuted(plantedSteps(`planted ${network}`, 0.2), 19);
    assert.equal(row.nullDraws, 19);
    found += +(row.pValue <= 0.05 && row.excess > 0);
  }
  assert.ok(found >= 19, `${found} of 20`);
});

Deno.test("excessEmergence() finds nothing in a network that is permuted already, but for one in twenty", async () => {
  // With 19 draws p ≤ 0.05 has a chance of exactly 1/20: 10 of 200, and with a chance of 0.99 from 3 to 18.
  let found = 0;
  const pValues: number[] = [];
  for (let network = 0; network < 200; network++) {
    const planted = plantedSteps(`planted ${network}`, 0.3);
    const row = await excessOverPermuted(permutedSteps(planted, network, 99), 19);
    pValues.push(row.pValue);
    found += +(row.pValue <= 0.05);
  }
  assert.ok(found >= 3 && found <= 18, `${found} of 200`);
  const mean = pValues.reduce((sum, p) => sum + p, 0) / 200;
  // All of 1/20, 2/20, …, 1 are equally likely: mean 0.525, standard error 0.0204.
  close(mean, 0.525, 3 * 0.0204, "mean p value");
});

Deno.test("excessEmergence() keeps E and its interval as degreeOfEmergence() gives them", () => {
  const observed = run(1, 1.2, 0.9, 1.1, 0.95);
  const nulls = [run(0.5, 0.6, 0.4, 0.5, 0.6), run(0.7, 0.6, 0.7, 0.5, 0.5)];
  const rows = excessEmergence(observed, nulls);
  const plain = degreeOfEmergence(observed);
  for (const [i, row] of rows.entries()) {
    for (const [name, value] of Object.entries(plain[i]!)) {
      assert.equal(row[name as keyof typeof row], value, name);
    }
  }
  const [{ eNull, excess, pValue, status }] = rows as [typeof rows[0]];
  assert.deepEqual([eNull, excess, pValue, status], [0, 0, 1, "ok"]); // step 0
});

Deno.test("excessEmergence() takes E_null as the mean of the draws, and p as the share that lies as far out as E", () => {
  const nulls = [0.4, 0.5, 0.6, 0.7].map((value) => run(value, value));
  const row = last(run(1, 1), nulls);
  close(row.eNull, 0.55, 1e-15, "eNull");
  close(row.excess, 0.45, 1e-15, "excess");
  assert.equal(row.pValue, 1 / 5);
  // Mean of all five is 0.5: 0.4, 0.6, 0.7 and 0.3 lie at least as far out as 0.4 does.
  assert.equal(last(run(0.4, 0.4), [0.3, 0.5, 0.6, 0.7].map((v) => run(v, v))).pValue, 4 / 5);
  assert.equal(last(run(0.1, 0.1), nulls).pValue, 1 / 5); // two-sided
  assert.equal(last(run(0.5, 0.5), nulls.map(() => run(0.5, 0.5))).pValue, 1);
});

Deno.test("excessEmergence() pairs the samples of E and of each draw", () => {
  // What the samples have in common cancels: E and E_null vary a lot over samples, the excess of draws 0.5 ± 0.01 less does not.
  const values = [1, 2, 4, 8, 3];
  const nulls = [0.49, 0.51, 0.5].map((less) => run(...values.map((value) => value - less)));
  const row = last(run(...values), nulls);
  close(row.excess, 0.5, 1e-12, "excess");
  assert.ok(row.excessLow > 0.44 && row.excessHigh < 0.56, `${row.excessLow} to ${row.excessHigh}`);
  assert.ok(row.eLow < 2.5 && row.eHigh > 5.5);
});

Deno.test("excessEmergence() has an interval that one more null draw lies in, as SciPy 1.17.1 has it", () => {
  const draws = [0.52, 0.47, 0.61, 0.44, 0.5];
  const row = last(run(1, 1, 1), draws.map((value) => run(value, value, value)));
  close(row.eNull, 0.508, 1e-15, "mean");
  // scipy.stats.t.ppf(0.975, 4) * np.std(draws, ddof=1) * np.sqrt(1 + 1 / 5)
  const reach = 0.19640283017454876;
  close(row.eNullHigh - row.eNull, reach, 1e-12, "above E_null");
  close(row.eNull - row.eNullLow, reach, 1e-12, "below E_null");
  close(row.excessHigh - row.excess, reach, 1e-12, "above the excess");
  close(row.excess - row.excessLow, reach, 1e-12, "below the excess");
  const [untrained] = excessEmergence(run(1, 2, 1), draws.map((value) => run(value, 1, value)));
  assert.deepEqual([untrained!.excessLow, untrained!.excessHigh], [0, 0]);
});

Deno.test("excessEmergence() of draws that are all the same has no interval and says so", () => {
  const row = last(run(1), [run(0.5), run(0.5), run(0.5)]);
  assert.ok(Number.isNaN(row.excessLow) && Number.isNaN(row.eNullHigh));
  assert.equal(row.pValue, 1 / 4);
  assert.match(row.status, /; no interval of the excess: all 3 null draws have the same E$/);
});

Deno.test("excessEmergence() of single samples, as of full networks, has an interval", () => {
  const row = last(run(1), [run(0.5), run(0.6), run(0.7)]);
  assert.ok(row.excessLow < row.excess && row.excess < row.excessHigh);
  assert.match(row.status, /^no interval: 1 sample kept[^;]*$/);
});

Deno.test("excessEmergence() of one draw has no p value, and an interval over samples alone, where they have one, and says so", () => {
  const row = last(run(1, 1.1, 1.3, 1.2, 1.25), [run(0.5, 0.4, 0.6, 0.7, 0.45)]);
  assert.ok(Number.isNaN(row.pValue) && row.excessLow < row.excess && row.excess < row.excessHigh);
  assert.ok(row.eNullLow < row.eNull && row.eNull < row.eNullHigh);
  assert.equal(
    row.status,
    "no p value: it needs two null draws or more; the interval of the excess is over samples alone",
  );
  const single = last(run(1), [run(0.5)]);
  assert.equal(single.excess, 0.5);
  for (
    const name of ["eNullLow", "eNullHigh", "excessLow", "excessHigh", "pValue"] as const
  ) {
    assert.ok(Number.isNaN(single[name]), name);
  }
  assert.match(single.status, /no interval: 1 sample kept.*no p value/);
});

Deno.test("excessEmergence() leaves out draws without an E, and says how many", () => {
  const of = (value: number | null) => run(value, value, value, value, value);
  const row = last(run(0.9, 1.1, 1, 0.95, 1.05), [of(0.5), of(null), of(0.7)]);
  assert.equal(row.nullDraws, 2);
  close(row.eNull, 0.6, 1e-15, "eNull");
  assert.equal(row.status, "1 of 3 null draws have no E");
});

Deno.test("excessEmergence() says why there is no excess", () => {
  const none = last(run(0.9, 1.1, 1, 0.95, 1.05), [run(null, null)]);
  assert.deepEqual([none.E.toFixed(12), none.nullDraws], ["1.000000000000", 0]);
  assert.equal(none.status, "no E_null: none of 1 null draws has an E at this step");
  const lostStep = last(run(null, null), [run(1, 1), run(1, 1)]);
  assert.match(lostStep.status, /^none of 2 samples kept/);
  for (const row of [none, lostStep]) {
    for (const name of ["eNull", "eNullLow", "excess", "excessHigh", "pValue"] as const) {
      assert.ok(Number.isNaN(row[name]), name);
    }
  }
});

Deno.test("excessEmergence() gives the same numbers twice, and wider intervals at a higher level", () => {
  const nulls = [run(0.5, 0.7, 0.1), run(0.3, 0.2, 0.6)];
  const low = (level: number) => last(run(1, 2, 3), nulls, { level }).excessLow;
  assert.equal(low(0.9), low(0.9));
  assert.ok(low(0.95) < low(0.9));
});

Deno.test("excessEmergence() refuses missing draws, missing steps and unknown options", () => {
  assert.throws(() => excessEmergence(run(1, 1), []), /no null draw to compare E with/);
  assert.throws(
    () => excessEmergence(run(1, 1), [run(1, 1), [run(1, 1)[0]!]]),
    /Null draw 1 lacks step 8; measure the same steps of every draw/,
  );
  assert.throws(() => excessEmergence(run(1), [run(1)], { sed: 1 } as object), /"seed"/);
});
