import assert from "node:assert/strict";
import { comparedExpectations } from "../../lib/emergence/compared_expectations.ts";

const words = { baseline: "at step 0", where: " at step 0" };
const spectrum = (alpha0: number, width: number) => ({ status: "ok", alpha0, width }) as never;
const none = { status: "only one radius", reason: "raise the threshold" } as const;

Deno.test("E compares the widths and alpha_0 of two expected spectra", () => {
  const E = 2 * Math.log(2);
  const found = comparedExpectations(spectrum(1, 0.5), spectrum(0.5, 1), words);
  assert.deepEqual(found, { alpha0: 0.5, width: 1, E, status: "ok" });
});

Deno.test("where there is no E, the status says whether it is the baseline's fault", () => {
  const numbers = { alpha0: NaN, width: NaN, E: NaN };
  const own = comparedExpectations(spectrum(1, 1), none, words);
  assert.deepEqual(own, { ...numbers, status: "raise the threshold" });
  const before = comparedExpectations(none, spectrum(1, 2), words);
  assert.deepEqual(before, {
    ...{ alpha0: 1, width: 2, E: NaN },
    status: "at step 0 raise the threshold",
  });
  const flat = comparedExpectations(spectrum(1, 0), spectrum(0.5, 1), words);
  assert.equal(flat.status, "alpha_0 or the width at step 0 is not above 0");
  assert.equal(flat.E, NaN);
});
