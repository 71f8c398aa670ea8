import assert from "node:assert/strict";
import { findTrainerState, trainerScores } from "../../lib/scores/trainer_scores.ts";
import { withFiles } from "../helpers/harness_files.ts";
import { throwsError } from "../helpers/throws_error.ts";

const log = [
  { epoch: 0.5, step: 10, loss: 3.5, grad_norm: 1.5, learning_rate: 0.001 },
  { epoch: 0.5, step: 10, eval_loss: 3.25, eval_accuracy: 0.25, eval_runtime: 1.5 },
  { epoch: 1, step: 20, eval_loss: 3, eval_accuracy: 0.5, eval_samples_per_second: 9 },
  { epoch: 1, step: 20, eval_loss: 2.75, eval_accuracy: 0.5, eval_steps_per_second: 9 },
  { epoch: 1, step: 20, train_loss: 3.1, train_runtime: 100, total_flos: 1e9 },
];
const state = JSON.stringify({ global_step: 20, log_history: log });

Deno.test("trainerScores() reads what was logged, the later of two values, and nothing about speed or settings", () =>
  withFiles({ "trainer_state.json": state }, async (folder) => {
    const scores = await trainerScores(`${folder}/trainer_state.json`);
    assert.deepEqual(scores.map(({ step, metric, value }) => [step, metric, value]), [
      [10, "loss", 3.5],
      [10, "grad_norm", 1.5],
      [10, "eval_loss", 3.25],
      [10, "eval_accuracy", 0.25],
      [20, "eval_loss", 2.75],
      [20, "eval_accuracy", 0.5],
    ]);
    assert.deepEqual(scores[3], {
      ...{ step: 10, metric: "eval_accuracy", value: 0.25, stderr: null, higherIsBetter: true },
    });
    assert.equal(scores[2]!.higherIsBetter, false);
  }));

Deno.test("trainerScores() leaves out what is no number, as Python writes it", () =>
  withFiles(
    { "trainer_state.json": '{"log_history": [{"step": 1, "eval_loss": NaN, "eval_f1": 0.5}, 7]}' },
    async (folder) => {
      const scores = await trainerScores(`${folder}/trainer_state.json`);
      assert.deepEqual(scores.map(({ metric }) => metric), ["eval_f1"]);
    },
  ));

Deno.test("trainerScores() refuses what is no state of the Trainer, naming the file", () =>
  withFiles({ "a.json": '{"log_history": 3}', "b.json": "{" }, async (folder) => {
    await throwsError(
      () => trainerScores(`${folder}/a.json`),
      /a\.json is no state of the Trainer: "log_history" must be a list but is 3$/,
    );
    await throwsError(() => trainerScores(`${folder}/b.json`), /b\.json is no valid JSON/);
    await throwsError(() => trainerScores(`${folder}/c.json`), /c\.json is not there/);
  }));

Deno.test("findTrainerState() takes the state of the run, or of the last checkpoint that has one", () =>
  withFiles({
    "a/checkpoint-8/trainer_state.json": state,
    "a/checkpoint-16/trainer_state.json": state,
    "a/checkpoint-32/model.safetensors": "",
    "b/trainer_state.json": state,
    "b/checkpoint-8/trainer_state.json": state,
  }, async (folder) => {
    const found = async (name: string) =>
      (await findTrainerState(`${folder}/${name}`))?.slice(folder.length + 1);
    assert.equal(await found("a"), "a/checkpoint-16/trainer_state.json");
    assert.equal(await found("b"), "b/trainer_state.json");
    assert.equal(await found("c"), undefined);
  }));

Deno.test("findTrainerState() passes over a state that is still being written", () =>
  withFiles(
    { "checkpoint-10/trainer_state.json": state, "checkpoint-20/trainer_state.json": '{"log_' },
    async (folder) => {
      assert.equal(await findTrainerState(folder), `${folder}/checkpoint-10/trainer_state.json`);
      await Deno.remove(`${folder}/checkpoint-10/trainer_state.json`);
      assert.equal(await findTrainerState(folder), `${folder}/checkpoint-20/trainer_state.json`);
    },
  ));
