import assert from "node:assert/strict";
import { modelScores } from "../../lib/runs/model_scores.ts";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const nano = "suite:nano-64";

Deno.test("modelScores() takes the scores beside the checkpoints, all skills or those asked for", async () => {
  const all = await modelScores(nano, "nano-64", {});
  assert.equal(all.length, 21 * 6);
  assert.ok(all.every(({ metric }) => metric !== "held_out_loss"));
  const loss = await modelScores(nano, "nano-64", { metrics: ["held_out_loss"] });
  assert.equal(loss.length, 21);
  await throwsError(
    () => modelScores(nano, "nano-64", { metrics: ["copyin"] }),
    /no score is named copyin; did you mean copying\?/,
  );
});

Deno.test("modelScores() looks for harness results where it is told to, and nowhere unasked", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await modelScores("toy", "toy", {}), []);
    const results = {
      piqa: { "acc,none": 0.5, "acc_stderr,none": 0.02 },
      sciq: { "acc,none": 0.7 },
    };
    await writeWholeFile(`${folder}/toy_step8.json`, JSON.stringify({ results }));
    const scores = await modelScores("toy", "toy", { metrics: ["piqa"], evals: folder });
    assert.deepEqual(
      scores.map(({ step, metric, value, stderr }) => [step, metric, value, stderr]),
      [
        [8, "piqa/acc", 0.5, 0.02],
      ],
    );
  }));
