import assert from "node:assert/strict";
import {
  type AnalysisOptions,
  analysisOptions,
  firstDifference,
  type GivenAnalysisOptions,
  isFull,
  networkOptions,
} from "../../lib/runs/analysis_options.ts";

const published = {
  network: "sampled",
  samples: 10,
  layerSample: 32,
  threshold: 150,
  minimumEdges: 10,
  digits: 0,
  distance: "edge",
  q: { min: -3, max: 3, step: 0.1 },
  filterMode: 0,
  nfdThreshold: 200,
  radii: "occurring",
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
  assert.equal(analysisOptions({ distance: "path" }).pathLayers, 2);
  assert.equal(analysisOptions({ distance: "path", pathLayers: 3 }).pathLayers, 3);
  assert.equal("pathLayers" in analysisOptions(), false);
  for (const pathLayers of [1, 2]) {
    assert.throws(
      () => analysisOptions({ pathLayers }),
      new RegExp(`^RangeError: pathLayers is ${pathLayers}, but only distance "path" looks`),
    );
  }
});

Deno.test("analysisOptions() takes layers and roles by distance along edges, and none along paths", () => {
  const layers = ["block 0 block input"], roles = ["attention output"];
  const chosen = analysisOptions({ layers, roles });
  assert.deepEqual([chosen.layers, chosen.roles], [layers, roles]);
  for (const some of [{ layers }, { roles }]) {
    assert.throws(
      () => analysisOptions({ ...some, distance: "path" }),
      /^RangeError: only some layers can be measured by distance "edge", but it is "path"/,
    );
  }
  assert.throws(
    () => analysisOptions({ layers: [] }),
    /^RangeError: layers must be a list of names, none of them empty, but it is \[\]$/,
  );
});

Deno.test("analysisOptions() needs the order 0 where alpha0 is read off where f is largest", () => {
  const q = { min: 1, max: 3, step: 1 };
  assert.deepEqual(analysisOptions({ q }).q, q);
  assert.throws(
    () => analysisOptions({ q, alpha0: "argmax" }),
    /^RangeError: the q grid 1:3:1 leaves out 0, .* or take alpha0 analytic$/,
  );
});

/** What of options is about a null model, as text: records of runs are compared so. */
function nullModelOf(options: AnalysisOptions): string {
  const entries = Object.entries(options).filter(([name]) => name.startsWith("null"));
  return JSON.stringify(Object.fromEntries(entries));
}

Deno.test("analysisOptions() completes a null model, and has none unless asked for", () => {
  assert.equal(
    nullModelOf(analysisOptions({ null: "permute" })),
    '{"null":"permute","nullDraws":20,"nullSeed":0}',
  );
  assert.equal(
    nullModelOf(analysisOptions({ nullSeed: 3, null: "rescale" })),
    '{"null":"rescale","nullDraws":1,"nullSeed":3}',
  );
  assert.equal(nullModelOf(analysisOptions()), "{}");
  assert.throws(
    () => analysisOptions({ null: "permutes" as "permute" }),
    /^RangeError: null must be one of permute, .*, but it is "permutes": did you mean permute\?$/,
  );
  assert.throws(
    () => analysisOptions({ null: "permute", nullDraw: 3 } as object),
    /analysisOptions has no option "nullDraw"; did you mean "nullDraws"/,
  );
  for (const name of ["nullDraws", "nullSeed"]) {
    assert.throws(
      () => analysisOptions({ [name]: 1 }),
      new RegExp(`^RangeError: ${name} is about a null model, and none is given; give null`),
    );
  }
});

Deno.test("analysisOptions() refuses unknown options and conventions", () => {
  assert.throws(
    () => analysisOptions({ sample_num: 3 } as object),
    /analysisOptions has no option "sample_num"; did you mean "samples"/,
  );
  for (const convention of ["published", "toString"]) {
    assert.throws(
      () => analysisOptions({ convention: convention as "reference" }),
      new RegExp(
        `^RangeError: convention must be one of corrected, reference, but it is "${convention}"`,
      ),
    );
  }
});

Deno.test("analysisOptions() of a full network has the published sizes and the corrected choices, but for those about samples", () => {
  const expected = {
    network: "full",
    threshold: 150,
    nfdThreshold: 200,
    minimumEdges: 10,
    digits: 0,
    q: { min: -3, max: 3, step: 0.1 },
    alpha0: "analytic",
    filterMode: 0,
    filterTolerance: 1e-9,
    includeStructural: false,
    radii: "occurring",
  };
  // As text, since records of runs are compared so.
  assert.equal(JSON.stringify(analysisOptions({ network: "full" })), JSON.stringify(expected));
  const reference = analysisOptions({ network: "full", convention: "reference" });
  assert.deepEqual([reference.alpha0, reference.includeStructural], ["argmax", true]);
});

Deno.test("analysisOptions() of a full network completes a null model", () => {
  assert.equal(
    nullModelOf(analysisOptions({ network: "full", null: "permute", nullDraws: 3 })),
    '{"null":"permute","nullDraws":3,"nullSeed":0}',
  );
});

Deno.test("analysisOptions() of a full network refuses what is about samples, and radii that end before or behind the threshold", () => {
  const about = { samples: 1, layerSample: 8, qkv: "per-head", edges: "all", distance: "edge" };
  for (const [name, value] of Object.entries({ ...about, pathLayers: 2 })) {
    assert.throws(
      () => analysisOptions({ network: "full", [name]: value }),
      new RegExp(`^RangeError: ${name} is about sampled networks, and the full network takes none`),
    );
  }
  assert.throws(
    () => analysisOptions({ network: "whole" as "full" }),
    /^RangeError: network must be one of sampled, full, but it is "whole"/,
  );
  assert.throws(
    () => analysisOptions({ network: "full", threshold: { medians: 1 } }),
    /^RangeError: the threshold of a full network must be a length/,
  );
  for (const max of [100, 200]) {
    assert.throws(
      () => analysisOptions({ network: "full", radii: { min: 5, max } }),
      /^RangeError: .* radii .* threshold 150/,
    );
  }
});

Deno.test("isFull() tells options of full networks from those of samples", () => {
  assert.equal(isFull(analysisOptions({ network: "full" })), true);
  assert.equal(isFull(analysisOptions()), false);
});

Deno.test("analysisOptions() lets options pass that it has completed", () => {
  for (
    const options of [
      analysisOptions(),
      analysisOptions({ convention: "reference", threshold: { medians: 0.5 } }),
      analysisOptions({ distance: "path", radii: { min: 5, max: 150 }, null: "rescale" }),
      analysisOptions({ network: "full", null: "gaussian" }),
    ] as const
  ) assert.equal(JSON.stringify(analysisOptions(options)), JSON.stringify(options));
});

Deno.test("analysisOptions() refuses every option that is out of range, with its value", () => {
  const threshold =
    /^threshold must be a length above 1 such as 150, or medians such as 2\.8m .*, but it is /;
  const cases: [given: GivenAnalysisOptions, message: RegExp][] = [
    [{ samples: 0 }, /^samples must be an integer from 1 to 100000, but it is 0$/],
    [{ samples: 1e9 }, /^samples must be an integer from 1 to 100000, but it is 1000000000$/],
    [{ layerSample: 2.5 }, /^layerSample must be an integer from 1 to 16777216, but it is 2\.5$/],
    [
      { layerSample: 1e9 },
      /^layerSample must be an integer from 1 to 16777216, but it is 1000000000$/,
    ],
    [
      { threshold: 1e9 },
      /^threshold 1000000000 at 0 digits has more than 16777216 rounded lengths/,
    ],
    [{ digits: 6 }, /^threshold 150 at 6 digits has more than 16777216 rounded lengths; lower one/],
    [{ digits: 30 }, /^digits must be an integer from 0 to 9, but it is 30$/],
    [
      { q: { min: -3, max: 3, step: 1e-9 } },
      /q grid -3:3:1e-9 has 6000000001 orders, more than 10001/,
    ],
    [{ radii: { min: 1, max: 150, step: 1e-6 } }, /has 149000001 radii, more than 10001/],
    [{ threshold: 1 }, new RegExp(`${threshold.source}1$`)],
    [{ threshold: Infinity }, new RegExp(`${threshold.source}Infinity$`)],
    [{ threshold: { medians: 0 } }, new RegExp(`${threshold.source}{ medians: 0 }$`)],
    [{ minimumEdges: -1 }, /^minimumEdges must be an integer from 0 to 2147483647, but it is -1$/],
    [{ digits: 10 }, /^digits must be an integer from 0 to 9, but it is 10$/],
    [{ q: { min: 3, max: 1, step: 1 } }, /q grid 3:1:1 does not ascend/],
    [{ filterTolerance: -1 }, /^filterTolerance must be a finite number from 0, but it is -1$/],
    [{ filterTolerance: NaN }, /^filterTolerance must be a finite number from 0, but it is NaN$/],
    [{ radii: { min: 150, max: 5 } }, /range of radii 150:5:1 does not ascend/],
    [{ radii: { min: 0, max: 5 } }, /smallest radius must be above 0, but it is 0/],
    [{ radii: { min: 5, max: 151 } }, /^the radii 5 to 151 go beyond the threshold 150, up to/],
    [
      { null: "permute", nullDraws: 0 },
      /^nullDraws must be an integer from 1 to 100000, but it is 0$/,
    ],
    [
      { null: "permute", nullSeed: -1 },
      /^nullSeed must be an integer from 0 to 9007199254740991, but it is -1$/,
    ],
    [
      { null: "rescale", nullDraws: 2 },
      /^the null model "rescale" has nothing to draw, so it has 1 draw, not 2; leave the number out$/,
    ],
    [
      { null: "permute", nullDraws: 1e9 },
      /^nullDraws must be an integer from 1 to 100000, but it is 1000000000$/,
    ],
    [{ nfdThreshold: -5 }, /^nfdThreshold must be a finite number above 0, but it is -5$/],
  ];
  for (const [given, message] of cases) {
    const refusal = { name: "RangeError", message };
    assert.throws(() => analysisOptions(given), refusal);
    assert.throws(() => analysisOptions({ ...analysisOptions(), ...given }), refusal);
  }
});

Deno.test("networkOptions() keeps what decides networks and nothing else, in one order", () => {
  const expected = { samples: 10, layerSample: 32, qkv: "per-head", edges: "all" };
  assert.equal(JSON.stringify(networkOptions(analysisOptions())), JSON.stringify(expected));
});

Deno.test("firstDifference() names the option with both values, and nothing where none differs", () => {
  const options = networkOptions(analysisOptions());
  assert.equal(firstDifference(options, { ...options }), null);
  const cases = { samples: [10, 3], layerSample: [32, 8], edges: ["all", "sampled"] };
  for (const [name, values] of Object.entries(cases)) {
    const difference = firstDifference(options, { ...options, [name]: values[1] });
    assert.deepEqual(difference, { name, values });
  }
  const { qkv, ...others } = options;
  assert.deepEqual(firstDifference(options, others), { name: "qkv", values: [qkv, "not given"] });
});
