import assert from "node:assert/strict";
import { checkSteps, type ComparableSpectrum } from "../../lib/emergence/step_spectra.ts";

const lost: ComparableSpectrum = {
  status: "no node selected",
  reason: "None of 3 nodes has enough edges.",
};
const at = (step: number, ...samples: number[]) => ({
  step,
  samples: samples.map((sample) => ({ sample, spectrum: lost })),
});

Deno.test("checkSteps() lets steps in any order pass, with samples missing at some", () => {
  checkSteps([at(1000, 0, 2), at(0, 0, 1, 2), at(512)]);
});

Deno.test("checkSteps() refuses a run without step 0, naming the steps there are", () => {
  assert.throws(() => checkSteps([at(512), at(1000)]), {
    name: "RangeError",
    message:
      "E compares with the untrained model, but step 0 is missing from the steps 512, 1000; " +
      "add the checkpoint of step 0.",
  });
});

Deno.test("checkSteps() refuses steps and samples given twice", () => {
  assert.throws(() => checkSteps([at(0), at(0)]), /Step 0 comes twice/);
  assert.throws(() => checkSteps([at(0, 3, 3)]), /Sample 3 of step 0 comes twice/);
});
