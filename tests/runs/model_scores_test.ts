import assert from "node:assert/strict";
import { modelScores } from "../../lib/runs/model_scores.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const nano = await openRun("suite:nano-64");
const toy = { model: "toy", source: "/nowhere/toy" };

Deno.test("modelScores() takes the scores beside the checkpoints, all skills or those asked for", async () => {
  const all = await modelScores(nano);
  assert.equal(all.length, 21 * 6);
  assert.ok(all.every(({ metric }) => metric !== "held_out_loss"));
  const loss = await modelScores(nano, { metrics: ["held_out_loss"] });
  assert.equal(loss.length, 21);
  await throwsError(
    () => modelScores(nano, { metrics: ["copyin"] }),
    /no score is named copyin; did you mean copying\?/,
  );
});

Deno.test("modelScores() looks for harness results where it is told to, and nowhere unasked", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await modelScores(toy), []);
    const results = {
      piqa: { "acc,none": 0.5, "acc_stderr,none": 0.02 },
      sciq: { "acc,none": 0.7 },
    };
    await writeWholeFile(`${folder}/toy_step8.json`, JSON.stringify({ results }));
    const scores = await modelScores(toy, { metrics: ["piqa"], evals: folder });
    assert.deepEqual(
      scores.map(({ step, metric, value, stderr }) => [step, metric, value, stderr]),
      [
        [8, "piqa/acc", 0.5, 0.02],
      ],
    );
  }));

Deno.test("modelScores() says where to put scores that are required", async () => {
  await throwsError(
    () => modelScores(toy, { required: true }),
    /no scores of toy are known: put scores\.csv with the columns step, .* into \/nowhere\/toy, or name metrics/,
  );
  assert.equal((await modelScores(nano, { required: true })).length, 21 * 6);
  await assert.rejects(
    () => modelScores(nano, { metric: ["copying"] } as unknown as { metrics: string[] }),
    /no option "metric"; did you mean "metrics"/,
  );
});
