import assert from "node:assert/strict";
import { modelScores } from "../../lib/runs/model_scores.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withEnvironment } from "../helpers/with_environment.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { serveEvals } from "../helpers/evals_server.ts";
import { earlierFile, withFiles } from "../helpers/harness_files.ts";

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

Deno.test("modelScores() keeps scores without a standard error", () =>
  withFiles({ "toy_step8.json": '{"results": {"sciq": {"acc,none": 0.7}}}' }, async (folder) => {
    const [score] = await modelScores(toy, { evals: folder });
    assert.deepEqual([score!.metric, score!.value, score!.stderr], ["sciq/acc", 0.7, null]);
  }));

const state = JSON.stringify({
  log_history: [
    { step: 8, loss: 3.5, epoch: 0.5 },
    { step: 8, eval_loss: 3, eval_accuracy: 0.25, eval_runtime: 1 },
  ],
});

Deno.test("modelScores() takes what the Trainer logged, beside the checkpoints or where it is told to", () =>
  withFiles({
    "run/checkpoint-8/trainer_state.json": state,
    "logged/trainer_state.json": state,
    "both/trainer_state.json": state,
    "both/toy_step8.json": '{"results": {"sciq": {"acc,none": 0.7}}}',
  }, async (folder) => {
    const names = async (source: string, options = {}) =>
      (await modelScores({ model: "toy", source: `${folder}/${source}` }, options))
        .map(({ metric, step }) => `${metric} at ${step}`);
    const evaluated = ["eval_loss at 8", "eval_accuracy at 8"];
    assert.deepEqual(await names("run"), evaluated);
    assert.deepEqual(await names("run", { metrics: ["loss"] }), ["loss at 8"]);
    const elsewhere = `${folder}/logged`;
    assert.deepEqual(await names("none", { evals: elsewhere }), evaluated);
    assert.deepEqual(await names("none", { evals: `${elsewhere}/trainer_state.json` }), evaluated);
    assert.deepEqual(await names("none", { evals: `${folder}/both` }), ["sciq/acc at 8"]);
    await throwsError(
      () => names("run", { metrics: ["eval_acc"] }),
      /no score is named eval_acc; did you mean eval_accuracy\?/,
    );
    await assert.rejects(names("run", { shots: 0 }), {
      name: "RangeError",
      message:
        /^shots \(--shots\) is 0, but \S+trainer_state\.json does not tell with how many exam/,
    });
  }));

Deno.test("modelScores() takes the eight published benchmarks of a Pythia on the hub where scores are required", async () => {
  await using server = serveEvals((path) => {
    const step = /_step(0|1000)\.json$/.exec(path)?.[1];
    if (step === undefined) return new Response(null, { status: 404 });
    const one = { acc: 0.5, acc_stderr: 0.01 };
    const tasks = ["arc_challenge", "arc_easy", "lambada_openai", "logiqa", "piqa", "sciq"];
    const results = [...tasks, "winogrande", "wsc", "hendrycksTest-anatomy"].map((
      task,
    ) => [task, one]);
    return new Response(earlierFile(Object.fromEntries(results), { step: Number(step) }));
  });
  await withFolder(async (folder) => {
    const environment = { NEUROMFA_EVALS_URL: server.url, XDG_CACHE_HOME: folder };
    await withEnvironment(environment, async () => {
      const run = { model: "pythia-70m", source: "hf:EleutherAI/pythia-70m" };
      assert.deepEqual(await modelScores(run), []);
      assert.equal(server.requests.length, 0);
      const scores = await modelScores(run, { required: true });
      assert.equal(new Set(scores.map(({ metric }) => metric)).size, 8);
      assert.deepEqual([...new Set(scores.map(({ step }) => step))], [0, 1000]);
      await throwsError(
        () => modelScores({ model: "pythia-70m", source: "hf:me/pythia-70m" }, { required: true }),
        // Another's model may bear the name of a Pythia.
        /^no scores of pythia-70m are known: /,
      );
      await throwsError(
        () => modelScores({ model: "mine", source: "hf:me/mine" }, { required: true }),
        /^no scores of mine are known: name metrics of lm-evaluation-harness that are published, such as/,
      );
    });
  });
});
