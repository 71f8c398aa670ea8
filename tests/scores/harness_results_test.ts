import assert from "node:assert/strict";
import { parseHarnessResults } from "../../lib/scores/harness_results.ts";
import { earlierFile, laterFile } from "../helpers/harness_files.ts";
import { stepReader } from "../../lib/checkpoints/step_names.ts";
import { throwsError } from "../helpers/throws_error.ts";

const parse = (text: string) => parseHarnessResults(text, "toy.json");
const scoreOf = (text: string, metric: string) => {
  const score = parse(text).scores.get(metric);
  assert.ok(score, `no ${metric}`);
  return score;
};

Deno.test("a file of the earlier harness gives every measure with its standard error, its model and its step", () => {
  const lambada = { ppl: 138.5, ppl_stderr: 5.9, acc: 0.25, acc_stderr: 0.006 };
  const text = earlierFile({ lambada_openai: lambada, wsc: { acc: 0, acc_stderr: 0 } }, {
    step: 512,
  });
  const { scores, model, step } = parse(text);
  assert.equal(model, "EleutherAI/pythia-v1.1-toy");
  assert.equal(step, 512);
  assert.deepEqual([...scores.keys()], ["lambada_openai/ppl", "lambada_openai/acc", "wsc/acc"]);
  assert.deepEqual(scores.get("lambada_openai/ppl"), {
    metric: "lambada_openai/ppl",
    task: "lambada_openai",
    measure: "ppl",
    value: 138.5,
    stderr: 5.9,
    shots: 0,
    limit: null,
    higherIsBetter: false,
    status: "ok",
    file: "toy.json",
  });
  assert.equal(scores.get("wsc/acc")?.value, 0);
  assert.equal(scores.get("wsc/acc")?.status, "ok");
});

Deno.test("a file of the later harness gives the same scores under the same names", () => {
  const { scores, model, step } = parse(laterFile(
    {
      sciq: {
        alias: "sciq",
        "acc,none": 0.5,
        "acc_stderr,none": 0.02,
        "acc_norm,none": 0.6,
        "acc_norm_stderr,none": 0.03,
        sample_len: 1000,
      },
      mmlu: { " ": " ", alias: "mmlu" },
    },
    { model: "hf", model_args: "pretrained=EleutherAI/pythia-14m-seed4,revision=step131000" },
    { "n-shot": { sciq: 5 } },
  ));
  assert.equal(model, "EleutherAI/pythia-14m-seed4");
  assert.equal(step, 131_000);
  assert.deepEqual([...scores.keys()], ["sciq/acc", "sciq/acc_norm"]);
  assert.deepEqual(scores.get("sciq/acc_norm"), {
    metric: "sciq/acc_norm",
    task: "sciq",
    measure: "acc_norm",
    value: 0.6,
    stderr: 0.03,
    shots: 5,
    limit: null,
    higherIsBetter: true,
    status: "ok",
    file: "toy.json",
  });
});

Deno.test("a filter of the answers other than none stays in the measure", () => {
  const gsm8k = {
    "exact_match,strict-match": 0.1,
    "exact_match_stderr,strict-match": 0.01,
    "exact_match,flexible-extract": 0.2,
    "exact_match_stderr,flexible-extract": 0.02,
  };
  const { scores } = parse(laterFile({ gsm8k }));
  assert.equal(scores.size, 2);
  assert.equal(scores.get("gsm8k/exact_match,strict-match")?.stderr, 0.01);
  assert.equal(scores.get("gsm8k/exact_match,flexible-extract")?.value, 0.2);
});

Deno.test("a standard error that is absent or N/A is null and the status says which", () => {
  const text = laterFile({
    a: { "acc,none": 0.5, "acc_stderr,none": "N/A" },
    b: { "acc,none": 0.5 },
    c: { "acc,none": 0.5, "acc_stderr,none": -1 },
  });
  for (const [task, reason] of [["a", '"N/A"'], ["b", "none"], ["c", "-1"]]) {
    const score = scoreOf(text, `${task}/acc`);
    assert.equal(score.value, 0.5);
    assert.equal(score.stderr, null);
    assert.equal(score.status, `no standard error: the file gives ${reason}`);
  }
});

Deno.test("a value that is no finite number is null and the status says what the file gives", () => {
  const text = `{"results": {"t": {
    "nan": NaN, "nan_stderr": 0.1, "inf":Infinity, "minus": -Infinity , "null": null, "text": "N/A",
    "only_stderr": 0.1, "list": [NaN,NaN]
  }}, "config": {"note": "f: NaN, g: \\"Infinity\\""}}`;
  for (
    const [measure, reason] of [
      ["nan", "null or NaN"],
      ["inf", "Infinity"],
      ["minus", "-Infinity"],
      ["null", "null or NaN"],
      ["text", '"N/A"'],
      ["only", "none"],
      ["list", "[null, null]"],
    ] as const
  ) {
    const score = scoreOf(text, `t/${measure}`);
    assert.equal(score.value, null, measure);
    assert.equal(score.stderr, null, measure);
    assert.equal(score.status, `no value: the file gives ${reason}`);
  }
});

Deno.test("the model and the step are found wherever a version of the harness records them", () => {
  const recorded = (config: object, rest: object = {}) => {
    const { model, step } = parse(laterFile({ t: { "acc,none": 1 } }, config, rest));
    return [model, step];
  };
  assert.deepEqual(recorded({}), [null, null]);
  assert.deepEqual(recorded({}, { model_name: "org/toy" }), ["org/toy", null]);
  assert.deepEqual(recorded({ model_args: { pretrained: "org/toy", revision: "step8" } }), [
    "org/toy",
    8,
  ]);
  assert.deepEqual(recorded({ model_args: "pretrained=org/toy", model_revision: "step9" }), [
    "org/toy",
    9,
  ]);
  assert.deepEqual(recorded({ model_args: "pretrained=/runs/toy/step-64/,dtype=float" }), [
    "runs/toy",
    64,
  ]);
  assert.deepEqual(recorded({ model_args: "pretrained=org/toy,revision=main" }), ["org/toy", null]);
});

Deno.test("what is no results file is refused by a sentence that names it", async () => {
  await throwsError(() => parse('{"results": {"sciq": {"acc"'), /^toy\.json is no valid JSON, per/);
  await throwsError(() => parse("[]"), /^toy\.json is no results file .* the file must be an obj/);
  await throwsError(() => parse("{}"), /"results" must be an object but is nothing/);
  await throwsError(() => parse('{"results": [1]}'), /"results" must be an object but is \[1\]/);
  await throwsError(() => parse('{"results": {"sciq": 0.5}}'), /sciq must be an object but is 0.5/);
});

Deno.test("a limit on the items, and which way is better, are told by the file", () => {
  const rest = { higher_is_better: { t: { acc: true, odd: false } } };
  const parsed = (config: object) =>
    parse(laterFile({ t: { "acc,none": 1, "odd,strict": 2, "ppl,none": 3 } }, config, rest));
  const limited = parsed({ limit: 10 }).scores;
  assert.deepEqual([...limited.values()].map(({ limit }) => limit), [10, 10, 10]);
  assert.deepEqual([...limited.values()].map(({ higherIsBetter }) => higherIsBetter), [
    ...[true, false, false],
  ]);
  for (const [given, read] of [[null, null], [0.25, 0.25], ["10", 10], ["all", null]]) {
    assert.equal(parsed({ limit: given }).scores.get("t/acc")!.limit, read);
  }
});

Deno.test("a pattern tells the steps that a file records, beside the usual names", () => {
  const of = (revision: string) =>
    parseHarnessResults(
      laterFile({ t: { "acc,none": 1 } }, { model_args: `pretrained=o/toy,revision=${revision}` }),
      "toy.json",
      stepReader(String.raw`run(\d+)k`),
    ).step;
  assert.deepEqual([of("run7k"), of("step8"), of("main")], [7, 8, null]);
});
