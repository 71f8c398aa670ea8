import assert from "node:assert/strict";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { fullAnalysisOptions, isFull } from "../../lib/runs/full_analysis_options.ts";

Deno.test("fullAnalysisOptions() has the published sizes and the corrected choices, but for those about samples", () => {
  const expected = {
    network: "full",
    threshold: 150,
    digits: 0,
    q: { min: -3, max: 3, step: 0.1 },
    filterMode: 0,
    nfdThreshold: 200,
    alpha0: "analytic",
    filterTolerance: 1e-9,
    includeStructural: false,
  };
  // As text, since records of runs are compared so.
  assert.equal(JSON.stringify(fullAnalysisOptions()), JSON.stringify(expected));
  const { alpha0, includeStructural } = fullAnalysisOptions({ convention: "reference" });
  assert.deepEqual([alpha0, includeStructural], ["argmax", true]);
});

Deno.test("fullAnalysisOptions() completes a null model", () => {
  assert.deepEqual(fullAnalysisOptions({ nullModel: { kind: "permute", draws: 3 } }).nullModel, {
    ...{ kind: "permute", draws: 3, seed: 0 },
  });
});

Deno.test("fullAnalysisOptions() refuses what is about samples, and radii that end before or behind the threshold", () => {
  for (const name of ["samples", "edges", "network"]) {
    assert.throws(
      () => fullAnalysisOptions({ [name]: 1 }),
      new RegExp(`^TypeError: fullAnalysisOptions has no option "${name}"`),
    );
  }
  assert.throws(
    () => fullAnalysisOptions({ threshold: { medians: 1 } as never }),
    /^RangeError: the threshold of a full network must be a length/,
  );
  for (const max of [100, 200]) {
    assert.throws(() => fullAnalysisOptions({ radii: { min: 5, max } }), /^RangeError/);
  }
});

Deno.test("isFull() tells options of full networks from those of samples", () => {
  assert.equal(isFull(fullAnalysisOptions()), true);
  assert.equal(isFull(analysisOptions()), false);
});
