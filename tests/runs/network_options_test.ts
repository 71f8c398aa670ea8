import assert from "node:assert/strict";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { firstDifference, networkOptions } from "../../lib/runs/network_options.ts";

Deno.test("networkOptions() keeps what decides networks and nothing else, in one order", () => {
  const expected = { samples: 10, layerSample: 32, qkv: "per-head", edges: "all" };
  assert.equal(JSON.stringify(networkOptions(analysisOptions())), JSON.stringify(expected));
});

Deno.test("firstDifference() names the option with both values, and nothing where none differs", () => {
  const options = networkOptions(analysisOptions());
  assert.equal(firstDifference(options, { ...options }), null);
  assert.equal(firstDifference(options, { ...options, samples: 3 }), "samples 10, not 3");
  assert.equal(firstDifference(options, { ...options, layerSample: 8 }), "layerSample 32, not 8");
  assert.equal(
    firstDifference(options, { ...options, qkv: "reference" }),
    "qkv per-head, not reference",
  );
  assert.equal(
    firstDifference(options, { ...options, edges: "sampled" }),
    "edges all, not sampled",
  );
});
