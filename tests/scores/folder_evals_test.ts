import assert from "node:assert/strict";
import { join } from "node:path";
import { readFolderEvals } from "../../lib/scores/folder_evals.ts";
import { MAXIMUM_RESULTS_BYTES } from "../../lib/scores/results_files.ts";
import { earlierFile, laterFile, withFiles } from "../helpers/harness_files.ts";
import { throwsError } from "../helpers/throws_error.ts";

const sciq = (acc: number) => ({ sciq: { "acc,none": acc, "acc_stderr,none": 0.01 } });
const wsc = { wsc: { "acc,none": 0.4, "acc_stderr,none": 0.05 } };
const toy = (acc: number, step: number) =>
  earlierFile({ sciq: { acc, acc_stderr: 0.01 } }, { step });

Deno.test("a copy of the repository gives the zero-shot scores of the model asked for", () =>
  withFiles({
    "evals/pythia-v1/pythia-toy/zero-shot/toy_step1000.json": toy(0.5, 1000),
    "evals/pythia-v1/pythia-toy/zero-shot/toy_step0.json": toy(0.2, 0),
    "evals/pythia-v1/pythia-toy/five-shot/toy-5shot_step0.json": toy(0.9, 0),
    "evals/pythia-v1/pythia-toy-deduped/zero-shot/toy-deduped_step0.json": toy(0.8, 0),
  }, async (source) => {
    const { scores, steps } = await readFolderEvals("pythia-toy", source);
    assert.deepEqual(steps, [0, 1000]);
    assert.equal(scores.get(0)?.get("sciq/acc")?.value, 0.2);
    assert.equal(scores.get(1000)?.get("sciq/acc")?.value, 0.5);
  }));

Deno.test("pythia-1b is found under pythia-1b-bf16, with the files that are named five-shot", () => {
  const file = (step: number) =>
    earlierFile({ sciq: { acc: 0.5 } }, { step, model: "EleutherAI/pythia-v1.1-1b-bf16" });
  return withFiles({
    "evals/pythia-v1/pythia-1b-bf16/zero-shot/1b-bf16_step64.json": file(64),
    "evals/pythia-v1/pythia-1b-bf16/zero-shot/1b-bf16-5shot_step128.json": file(128),
  }, async (source) => {
    assert.deepEqual((await readFolderEvals("pythia-1b", source)).steps, [64, 128]);
    const results = join(source, "evals/pythia-v1/pythia-1b-bf16");
    assert.deepEqual((await readFolderEvals("pythia-1b", results)).steps, [64, 128]);
  });
});

Deno.test("files that share a step add up, and of a repeated evaluation the later one counts", () =>
  withFiles({
    "step8/org__toy/results_2024-09-10T12-01-57.445870.json": laterFile(sciq(0.6)),
    "step8/org__toy/results_2024-08-09T05-43-53.json": laterFile({ ...sciq(0.5), ...wsc }),
    "step8/org__toy/samples_sciq_2024-09-10T12-01-57.445870.jsonl": "no JSON",
    "step8/config.json": "{}",
    "checkpoint-16/results.json": laterFile(sciq(0.7)),
  }, async (source) => {
    const { scores, steps } = await readFolderEvals("toy", source);
    assert.deepEqual(steps, [8, 16]);
    assert.equal(scores.get(8)?.get("sciq/acc")?.value, 0.6);
    assert.equal(scores.get(8)?.get("wsc/acc")?.value, 0.4);
    assert.equal(scores.get(16)?.get("sciq/acc")?.value, 0.7);
  }));

Deno.test("files that GPT-NeoX wrote are read, their dates by the year, and their steps by prefix or folder", () =>
  withFiles({
    "toy_step8_eval_results_01-02-2025-03-04-05.json": toy(0.6, 8),
    "toy_step8_eval_results_12-31-2024-03-04-05.json": toy(0.5, 8),
    "global_step16/eval_results_01-02-2025-03-04-05.json": laterFile(sciq(0.7)),
    "global_step16/toy_eval_results_01-03-2025-03-04-05.json": laterFile(sciq(0.8)),
    "global_step16/eval_results_of_another.json": "no JSON",
  }, async (source) => {
    const { scores, steps } = await readFolderEvals("pythia-toy", source);
    assert.deepEqual(steps, [8, 16]);
    assert.equal(scores.get(8)?.get("sciq/acc")?.value, 0.6);
    assert.equal(scores.get(16)?.get("sciq/acc")?.value, 0.8);
  }));

Deno.test("two files without a date that give one score are refused by name", () =>
  withFiles(
    { "zero/toy_step8.json": toy(0.5, 8), "five/toy-5shot_step8.json": toy(0.6, 8) },
    async (source) => {
      await throwsError(
        () => readFolderEvals("pythia-toy", source),
        /five.toy-5shot_step8\.json and .*zero.toy_step8\.json both give sciq\/acc at step 8/,
      );
    },
  ));

Deno.test("a file with no step in its place has the step of the revision that it records", () => {
  const at = (revision: string) =>
    laterFile(sciq(0.5), { model_args: `pretrained=org/toy,revision=${revision}` });
  return withFiles({
    "org__toy/results_2024-01-01T00-00-00.json": at("step4"),
    "org__toy/results_2024-01-02T00-00-00.json": at("step2"),
  }, async (source) => {
    assert.deepEqual((await readFolderEvals("toy", source)).steps, [2, 4]);
    await Deno.writeTextFile(join(source, "results_2024-01-03T00-00-00.json"), at("main"));
    assert.deepEqual((await readFolderEvals("toy", source)).steps, [2, 4]);
    await Deno.remove(join(source, "org__toy"), { recursive: true });
    await throwsError(
      () => readFolderEvals("toy", source),
      /results_2024-01-03T00-00-00\.json tells no step; move it into a folder step<N>/,
    );
  });
});

Deno.test("steps are told by OLMo's revisions and folders and by folders inside others, as of checkpoints", () => {
  const of = (model_args: string) => laterFile(sciq(0.5), { model_args });
  return withFiles({
    "org__toy/results_2024-01-01T00-00-00.json": of("pretrained=o/toy,revision=step4-tokens0B"),
    "org__toy/results_2024-01-02T00-00-00.json": of(
      "pretrained=o/toy,revision=stage1-step8-tokens1B",
    ),
    "step16-tokens4B/results_2023-08-29T18:32:47.706144.json": of("pretrained=o/toy"),
    "x/results_2024-01-03T00-00-00.json": of("pretrained=/ckpt/toy/checkpoint-32/hf"),
    "y/results_2024-01-04T00-00-00.json": of("pretrained=/ckpt/toy-global_step64"),
  }, async (source) => {
    assert.deepEqual((await readFolderEvals("toy", source)).steps, [4, 8, 16, 32, 64]);
  });
});

Deno.test("of two files of one step the later counts, also where only what is in them tells when", () => {
  const at = (accuracy: number, date: number) =>
    JSON.stringify({ ...JSON.parse(laterFile(sciq(accuracy), { model_args: "" })), date });
  return withFiles({
    "step0/run1/results.json": at(0.3, 1_720_000_000),
    "step0/run2/results.json": at(0.2, 1_710_000_000),
  }, async (source) => {
    const { scores } = await readFolderEvals("toy", source);
    assert.equal(scores.get(0)!.get("sciq/acc")!.value, 0.3);
  });
});

Deno.test("a file filed under another step than it records, or under zero-shot with examples, is refused", () =>
  withFiles({
    "results/toy_step8.json": toy(0.5, 16),
    "evals/pythia-v1/pythia-toy/zero-shot/toy_step8.json": earlierFile({ sciq: { acc: 0.5 } }, {
      step: 8,
      shots: 5,
    }),
  }, async (source) => {
    await throwsError(
      () => readFolderEvals("pythia-toy", join(source, "results")),
      /toy_step8\.json is filed as step 8 but records step 16; move it/,
    );
    await throwsError(
      () => readFolderEvals("pythia-toy", source),
      /toy_step8\.json is filed as zero-shot but records 5 examples a prompt; move it/,
    );
  }));

Deno.test("files that record another model are left out, and never taken for the one asked for", () => {
  const of = (model: string) => laterFile(sciq(0.5), { model_args: `pretrained=${model}` });
  return withFiles({
    "step1/results_2024-01-01T00-00-00.json": of("org/toy"),
    "step2/results_2024-01-01T00-00-00.json": of("org/toy-large"),
    "step3/results_2024-01-01T00-00-00.json": of("/runs/toy/step3"),
  }, async (source) => {
    assert.deepEqual((await readFolderEvals("toy", source)).steps, [1, 3]);
    assert.deepEqual((await readFolderEvals("toy-large", source)).steps, [2]);
    await throwsError(
      () => readFolderEvals("toy-small", source),
      /has scores of org\/toy, org\/toy-large, runs\/toy, none of toy-small; pass one of these/,
    );
  });
});

Deno.test("files of steps that are not asked for stay unread", () =>
  withFiles({ "toy_step1.json": toy(0.5, 1), "toy_step2.json": "broken" }, async (source) => {
    const { scores } = await readFolderEvals("pythia-toy", source, [1, 3]);
    assert.deepEqual([...scores.keys()], [1]);
    await throwsError(
      () => readFolderEvals("pythia-toy", source),
      /toy_step2\.json is no valid JSON/,
    );
  }));

Deno.test("a folder that is not there, is empty, or holds a file too long is refused", () =>
  withFiles({ "empty/readme.txt": "", "long/toy_step1.json": "" }, async (source) => {
    await throwsError(() => readFolderEvals("toy", join(source, "no")), /no does not exist; check/);
    await throwsError(
      () => readFolderEvals("toy", join(source, "empty")),
      /empty has no files named results_<date>\.json, <name>_step<N>\.json or <name>_eval_results_/,
    );
    await Deno.truncate(join(source, "long/toy_step1.json"), MAXIMUM_RESULTS_BYTES + 1);
    await throwsError(
      () => readFolderEvals("toy", join(source, "long")),
      /toy_step1\.json has 16000001 bytes, more than any results file/,
    );
  }));
