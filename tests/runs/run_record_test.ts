import assert from "node:assert/strict";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { describeRecord, runRecord } from "../../lib/runs/run_record.ts";

Deno.test("runRecord() names every option, the threshold as a length, the checkpoints and the versions", async () => {
  const options = analysisOptions({ threshold: { medians: 2 } });
  const digests = new Map([[0, "aa"], [512, "bb"]]);
  const record = runRecord("nano-8", options, 61.5, digests);
  const project = JSON.parse(
    await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
  );
  assert.deepEqual(record, {
    model: "nano-8",
    options,
    threshold: 61.5,
    checkpoints: [{ step: 0, sha256: "aa" }, { step: 512, sha256: "bb" }],
    versions: { neuromfa: project.version, deno: Deno.version.deno },
  });
});

Deno.test("describeRecord() tells every choice that a figure's reader needs, and only those that differ from the usual", () => {
  const usual = describeRecord(runRecord("toy", analysisOptions(), 150, new Map()));
  assert.equal(
    usual,
    "toy: threshold 150, 10 samples of 32 neurons a layer, all their out-edges, α₀ analytic, q −3 to 3 by 0.1.",
  );
  const options = analysisOptions({
    convention: "reference",
    samples: 1,
    threshold: { medians: 2.8 },
    distance: "path",
    digits: 1,
    filterMode: 2,
  });
  assert.equal(
    describeRecord(runRecord("toy", options, 56.6011, new Map())),
    "toy: threshold 56.6011 (2.8 medians of the untrained lengths), 1 sample of 32 neurons a layer, edges among " +
      "them only, query, key, value rows reference, paths over 2 layers, 1 digits, filter mode 2, α₀ argmax, " +
      "q −3 to 3 by 0.1.",
  );
});

Deno.test("describeRecord() tells fixed radii", () => {
  const told = (radii: { min: number; max: number; step?: number }) =>
    describeRecord(runRecord("toy", analysisOptions({ radii }), 150, new Map()));
  assert.match(told({ min: 5, max: 150 }), /out-edges, fixed radii 5 to 150, α₀ analytic/);
  assert.match(told({ min: 5, max: 10, step: 0.5 }), /, fixed radii 5 to 10 by 0\.5, /);
});
