import assert from "node:assert/strict";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";

const published = {
  samples: 10,
  layerSample: 32,
  threshold: 150,
  digits: 0,
  distance: "edge",
  layers: 1,
  q: { min: -3, max: 3, step: 0.1 },
  filterMode: 0,
  nfdThreshold: 200,
};

Deno.test("analysisOptions() has the published sizes and the corrected choices", () => {
  const corrected = {
    ...{ alpha0: "analytic", qkv: "per-head", edges: "all", filterTolerance: 1e-9 },
    includeStructural: false,
  };
  assert.deepEqual(analysisOptions(), { ...published, ...corrected });
  assert.deepEqual(analysisOptions({ convention: "corrected" }), { ...published, ...corrected });
});

Deno.test("analysisOptions() by the reference convention has the published choices throughout", () => {
  const reference = {
    ...{ alpha0: "argmax", qkv: "reference", edges: "sampled", filterTolerance: 0 },
    includeStructural: true,
  };
  assert.deepEqual(analysisOptions({ convention: "reference" }), { ...published, ...reference });
});

Deno.test("analysisOptions() lets a single choice win over the convention", () => {
  const options = analysisOptions({ convention: "reference", edges: "all", samples: 3 });
  assert.deepEqual([options.edges, options.qkv, options.samples], ["all", "reference", 3]);
});

Deno.test("analysisOptions() takes an option that is undefined as not given", () => {
  const options = analysisOptions({ samples: undefined } as object);
  assert.equal(options.samples, 10);
});

Deno.test("analysisOptions() does not list the convention, only what it decides", () => {
  assert.equal("convention" in analysisOptions({ convention: "reference" }), false);
});

Deno.test("analysisOptions() looks two layers ahead along paths unless told otherwise, and one along edges", () => {
  assert.equal(analysisOptions({ distance: "path" }).layers, 2);
  assert.equal(analysisOptions({ distance: "path", layers: 3 }).layers, 3);
  assert.throws(
    () => analysisOptions({ layers: 2 }),
    /layers is 2, but only distance "path" looks/,
  );
});

Deno.test("analysisOptions() completes a null model, and has neither that nor fixed radii unless asked for", () => {
  assert.deepEqual(analysisOptions({ nullModel: { kind: "permute" } }).nullModel, {
    ...{ kind: "permute", draws: 20, seed: 0 },
  });
  assert.equal(
    JSON.stringify(analysisOptions({ nullModel: { seed: 3, kind: "rescale" } }).nullModel),
    '{"kind":"rescale","draws":1,"seed":3}',
  );
  for (const name of ["radii", "nullModel"]) assert.ok(!(name in analysisOptions()), name);
  assert.throws(
    () => analysisOptions({ nullModel: { kind: "permutes" as "permute" } }),
    /There is no null model "permutes"; did you mean "permute"\?/,
  );
  assert.throws(
    () => analysisOptions({ nullModel: { kind: "permute", draw: 3 } as never }),
    /nullModel has no option "draw"; did you mean "draws"/,
  );
});

Deno.test("analysisOptions() refuses unknown options and conventions", () => {
  assert.throws(
    () => analysisOptions({ sample_num: 3 } as object),
    /analysisOptions has no option "sample_num"; did you mean "samples"/,
  );
  for (const convention of ["published", "toString"]) {
    assert.throws(
      () => analysisOptions({ convention: convention as "reference" }),
      new RegExp(`convention must be "reference" or "corrected", but it is "${convention}"`),
    );
  }
});
