import assert from "node:assert/strict";
import { isHalfWritten } from "../../lib/checkpoints/half_written.ts";
import { weightsFiles } from "../../lib/checkpoints/open_weights.ts";
import { stepFiles, weightsFileOf, weightsStem } from "../../lib/checkpoints/weights_files.ts";
import { throwsError } from "../helpers/throws_error.ts";

/** What the Hugging Face Trainer and others leave beside weights. */
const leftovers = [
  ...["optimizer.pt", "scheduler.pt", "scaler.pt", "rng_state.pth", "rng_state_0.pth"],
  ...["training_args.bin", "random_states_0.pt", "zero_pp_rank_0_mp_rank_00_optim_states.pt"],
  ...["trainer_state.json", "tokenizer.json", "config.json", "optimizer_step_1000.pt"],
];

Deno.test("leftovers of trainers are no weights, by their names", () => {
  for (const name of leftovers) assert.equal(weightsStem(name), null, name);
  assert.equal(weightsStem("resnet50.pth.tar"), "resnet50");
  assert.equal(weightsStem("optimus.pt"), "optimus");
  assert.equal(weightsStem(".pt"), null);
});

Deno.test("the usual file is opened first, else the only one with a known ending, or an index", () => {
  const of = (...names: string[]) => weightsFileOf([...leftovers, ...names], "run");
  assert.equal(of("ema.pt", "pytorch_model.bin"), "pytorch_model.bin");
  for (const name of ["consolidated.safetensors", "model.fp16.safetensors", "state.ckpt", "a.th"]) {
    assert.equal(of(name), name);
  }
  assert.equal(of("net.pt", "net.safetensors"), "net.safetensors");
  const index = "consolidated.safetensors.index.json";
  assert.equal(of("consolidated-00001-of-00002.safetensors", index), index);
});

Deno.test("zip files and TorchScript programs are weights only where no other file is", () => {
  const of = (...names: string[]) => weightsFileOf(names, "run");
  assert.equal(of("best_model.zip"), "best_model.zip");
  assert.equal(of("silero_vad.jit"), "silero_vad.jit");
  assert.equal(of("model.pt", "logs.zip", "model_scripted.jit"), "model.pt");
  const names = ["rl_model_500_steps.zip", "rl_model_1000_steps.zip", "rl_model_1000_steps.pkl"];
  assert.deepEqual([...stepFiles(names, "run")], [
    [500, "rl_model_500_steps.zip"],
    [1000, "rl_model_1000_steps.zip"],
  ]);
  assert.deepEqual([...stepFiles(["step5.pt", "step5.zip"], "run")], [[5, "step5.pt"]]);
});

Deno.test("only formats that are split have an index of shards", () => {
  for (const file of ["model.gguf", "model.onnx", "model.npz", "a.zip", "a.th"]) {
    assert.ok(!weightsFiles.includes(`${file}.index.json`), file);
    assert.equal(weightsFileOf([file, `${file}.index.json`], "run"), file);
    assert.throws(() => weightsFileOf([`${file}.index.json`], "run"), /is no checkpoint/);
  }
  assert.equal(weightsFileOf(["b.bin.index.json"], "run"), "b.bin.index.json");
});

Deno.test("several files that may be the weights are refused by name", () =>
  throwsError(
    () => weightsFileOf(["a.pt", "b.pt"], "/runs/step0"),
    /^\/runs\/step0 has several files that may be its weights: a\.pt, b\.pt; name one of them/,
  ));

Deno.test("a folder with leftovers and shards without an index is half written", () => {
  for (const names of [[], leftovers, ["model-00001-of-00002.safetensors"]]) {
    assert.throws(() => weightsFileOf(names, "step0"), (error) => isHalfWritten(error));
  }
});

Deno.test("files are named after steps as folders are", () => {
  const files = stepFiles(
    [...leftovers, "model_3.pt", "model_0.pt", "model_20.pt", "model-00001-of-00002.bin"],
    "run",
  );
  assert.deepEqual([...files], [[0, "model_0.pt"], [3, "model_3.pt"], [20, "model_20.pt"]]);
  assert.deepEqual([...stepFiles(["checkpoint_step_1000.safetensors", "epoch_x.pt"], "")], [
    [1000, "checkpoint_step_1000.safetensors"],
  ]);
});
