import assert from "node:assert/strict";
import { emergenceOfSamples } from "../../lib/emergence/emergence_of_samples.ts";

const sample = (number: number, alpha0: number | null, width: number | null, step = 512) => (
  { step, sample: number, alpha0, width, status: alpha0 === null ? "no node selected." : "ok" }
);

Deno.test("emergenceOfSamples() compares each sample with the first, and keeps those without a spectrum by name", () => {
  const rows = emergenceOfSamples([
    ...[sample(0, 0.8, 0.4), sample(1, 0.4, 0.8), sample(2, 1.6, 0.4), sample(3, null, null)],
  ]);
  assert.deepEqual(rows.map(({ E }) => E), [0, 2 * Math.log(2), -Math.log(2), null]);
  assert.deepEqual(rows.map(({ status }) => status), ["ok", "ok", "ok", "no node selected."]);
});

Deno.test("E between samples is null with its reason where a logarithm has no value", () => {
  const rows = emergenceOfSamples([sample(0, 0.8, 0.4), sample(1, -0.1, 0.4), sample(2, 0.8, 0.5)]);
  assert.deepEqual(rows.map(({ E }) => E), [0, null, 0]);
  assert.match(rows[1]!.status, /no E: alpha_0 of this sample/);
});

Deno.test("emergenceOfSamples() refuses samples of several steps, a single one and a first without a spectrum", () => {
  assert.throws(
    () => emergenceOfSamples([sample(0, 1, 1), sample(0, 1, 1, 1024)]),
    /^RangeError: samples of one checkpoint are compared, but these are of the steps 512, 1024/,
  );
  assert.throws(() => emergenceOfSamples([sample(0, 1, 1)]), /at least 2, but there are 1$/);
  assert.throws(
    () => emergenceOfSamples([sample(0, null, null), sample(1, 1, 1)]),
    /^RangeError: sample 0 of step 512, .* has no spectrum: no node selected$/,
  );
});
