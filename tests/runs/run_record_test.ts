import assert from "node:assert/strict";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { runRecord } from "../../lib/runs/run_record.ts";

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
