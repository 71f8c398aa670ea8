import assert from "node:assert/strict";
import { harnessScores, type HarnessScoresOptions } from "../../lib/scores/harness_scores.ts";
import { serveEvals } from "../helpers/evals_server.ts";
import { earlierFile, laterFile, withFiles } from "../helpers/harness_files.ts";
import { withEnvironment } from "../helpers/with_environment.ts";

const files = {
  "toy_step0.json": earlierFile({
    wsc: { acc: 0.4, acc_stderr: 0.05 },
    sciq: { acc: 0.2, acc_stderr: 0.01, acc_norm: 0.25, acc_norm_stderr: 0.01 },
  }, { step: 0 }),
  "toy_step1000.json": laterFile({ sciq: { "acc,none": 0.5, "acc_stderr,none": "N/A" } }),
};

Deno.test("every metric of any file has a score or a reason at every step, in a fixed order", () =>
  withFiles(files, async (source) => {
    const scores = await harnessScores("pythia-toy", { source });
    assert.deepEqual(
      scores.map(({ step, metric, value, stderr }) => [step, metric, value, stderr]),
      [
        [0, "sciq/acc", 0.2, 0.01],
        [0, "sciq/acc_norm", 0.25, 0.01],
        [0, "wsc/acc", 0.4, 0.05],
        [1000, "sciq/acc", 0.5, null],
        [1000, "sciq/acc_norm", null, null],
        [1000, "wsc/acc", null, null],
      ],
    );
    assert.deepEqual(scores.map(({ status }) => status), [
      "ok",
      "ok",
      "ok",
      'no standard error: the file gives "N/A"',
      "no file of step 1000 has sciq/acc_norm",
      "no file of step 1000 has wsc/acc",
    ]);
    assert.equal(scores[4]?.task, "sciq");
    assert.equal(scores[4]?.measure, "acc_norm");
  }));

Deno.test("metrics come in the order asked for, steps ascending, and neither twice", () =>
  withFiles(files, async (source) => {
    const scores = await harnessScores("pythia-toy", {
      source,
      metrics: ["wsc/acc", "sciq/acc", "wsc/acc"],
      steps: [64, 0, 64],
    });
    assert.deepEqual(scores.map(({ step, metric, value }) => [step, metric, value]), [
      [0, "wsc/acc", 0.4],
      [0, "sciq/acc", 0.2],
      [64, "wsc/acc", null],
      [64, "sciq/acc", null],
    ]);
    assert.equal(scores[2]?.status, `no scores for pythia-toy at step 64 in ${source}`);
  }));

Deno.test("steps may be words, which mean steps that have scores, and those that are named one by one", () =>
  withFiles({
    ...files,
    "toy_step64.json": earlierFile({ sciq: { acc: 0.3 } }, { step: 64 }),
  }, async (source) => {
    const stepsOf = async (steps: string) => {
      const scores = await harnessScores("pythia-toy", { source, steps, metrics: ["sciq/acc"] });
      return scores.map(({ step, value }) => [step, value]);
    };
    assert.deepEqual(await stepsOf("all"), [[0, 0.2], [64, 0.3], [1000, 0.5]]);
    assert.deepEqual(await stepsOf("log:2"), [[0, 0.2], [1000, 0.5]]);
    assert.deepEqual(await stepsOf("8,60-2000"), [[8, null], [64, 0.3], [1000, 0.5]]);
    assert.deepEqual(await stepsOf("published"), [[0, 0.2], [64, 0.3], [1000, 0.5]]);
    await assert.rejects(stepsOf("2000-3000"), {
      message: /^no step of pythia-toy is in the range 2000-3000; steps: 0, 64, 1000$/,
    });
  }));

Deno.test("words for steps of published scores ask for the files of these steps alone", async () => {
  await using server = serveEvals(() => new Response(null, { status: 404 }));
  const options = { source: server.url, cache: "unused", steps: "3000-13000,512" };
  const scores = await harnessScores("pythia-70m", { ...options, metrics: ["sciq/acc"] });
  assert.deepEqual(scores.map(({ step }) => step), [512, 3000, 13_000]);
  assert.deepEqual(server.requests.map((path) => /_step(\d+)/.exec(path)![1]), [
    ...["512", "3000", "13000"],
  ]);
});

Deno.test("a metric in no file is refused with the nearest known one", () =>
  withFiles(files, async (source) => {
    await assert.rejects(harnessScores("pythia-toy", { source, metrics: ["sciq/acc_nrm"] }), {
      name: "RangeError",
      message: "no file has the metric sciq/acc_nrm; did you mean sciq/acc_norm?",
    });
  }));

Deno.test("options that mean nothing are refused", async () => {
  const refused = (options: HarnessScoresOptions, message: RegExp) =>
    assert.rejects(harnessScores("pythia-toy", { source: "unused", ...options }), { message });
  await refused(
    { metrics: [] },
    /^metrics must be a list of names, none of them empty, but it is \[\]$/,
  );
  await refused(
    { steps: [] },
    /^steps must be a list of whole numbers of at most 15 digits, or words .*, but it is \[\]$/,
  );
  await refused(
    { steps: [0, 1.5] },
    /^steps must be a list of whole numbers of at most 15 digits, or words .*, but it is \[0, 1\.5\]$/,
  );
  await refused(
    { steps: [-1] },
    /^steps must be a list of whole numbers of at most 15 digits, or words .*, but it is \[-1\]$/,
  );
  await refused(
    { steps: "often" },
    /^steps must be whole numbers .* or log:12, but it is "often"$/,
  );
  await refused({ step: [0] } as HarnessScoresOptions, /no option "step"; did you mean "steps"\?/);
});

Deno.test("a model of which nothing is published has its headline scores missing, at every published step", () =>
  withFiles({ "evals/pythia-v1/pythia-70m/zero-shot/70m_step0.json": "" }, async (source) => {
    const scores = await harnessScores("pythia-14m", { source });
    assert.equal(scores.length, 27 * 8);
    assert.ok(scores.every(({ value, stderr }) => value === null && stderr === null));
    assert.equal(scores[0]?.status, `no published scores for pythia-14m in ${source}`);
    const [asked] = await harnessScores("pythia-31m", {
      source,
      metrics: ["sciq/acc_norm"],
      steps: [3],
    });
    assert.equal(asked?.step, 3);
    assert.equal(asked?.metric, "sciq/acc_norm");
    assert.equal(asked?.status, `no published scores for pythia-31m in ${source}`);
  }));

Deno.test("the repository's address and the cache come from the options or the environment", () =>
  withFiles({}, async (folder) => {
    await using server = serveEvals((path) =>
      path.endsWith("_step0.json")
        ? new Response(files["toy_step0.json"])
        : new Response(null, { status: 404 })
    );
    const options = { steps: [0, 1], metrics: ["wsc/acc"] };
    const cache = `${folder}/given`;
    const given = await harnessScores("pythia-toy", { ...options, source: server.url, cache });
    assert.deepEqual(given.map(({ value }) => value), [0.4, null]);
    assert.match(given[1]!.status, /^no published scores for pythia-toy at step 1 in http/);
    await Deno.stat(cache);
    await withEnvironment(
      { NEUROMFA_EVALS_URL: server.url, XDG_CACHE_HOME: `${folder}/xdg` },
      async () => {
        const [score] = await harnessScores("pythia-toy", options);
        assert.equal(score?.value, 0.4);
        assert.ok((await Deno.stat(`${folder}/xdg/neuromfa/evals`)).isDirectory);
      },
    );
  }));

Deno.test("a metric takes all its series, however its answers are filtered and with how many examples", () => {
  const at = (shots: number, acc: number) =>
    laterFile({ t: { "acc,none": acc, "em,strict": acc, "em,loose": acc } }, {}, {
      "n-shot": { t: shots },
    });
  return withFiles({
    "step8/results_2024-01-01T00-00-00.json": at(0, 0.2),
    "step8/results_2024-01-02T00-00-00.json": at(5, 0.6),
  }, async (source) => {
    const names = async (...metrics: string[]) =>
      (await harnessScores("toy", { source, metrics })).map(({ metric }) => metric);
    assert.deepEqual(await names("t/acc"), ["t/acc (0-shot)", "t/acc (5-shot)"]);
    assert.deepEqual(await names("t/acc (5-shot)"), ["t/acc (5-shot)"]);
    assert.equal((await names("t/em")).length, 4);
    const [five] = await harnessScores("toy", { source, metrics: ["t/acc"], shots: 5 });
    assert.deepEqual([five!.metric, five!.value, five!.shots], ["t/acc", 0.6, 5]);
  });
});

Deno.test("the published scores are zero-shot, and others are refused before anything is fetched", () =>
  assert.rejects(harnessScores("pythia-70m", { source: "https://127.0.0.1:1", shots: 5 }), {
    name: "RangeError",
    message:
      "shots (--shots) is 5, but the scores at https://127.0.0.1:1 are zero-shot; leave it out, or " +
      "pass a folder with results files",
  }));
