import assert from "node:assert/strict";
import { fetchPublishedEvals } from "../../lib/scores/published_evals.ts";
import { publishedSteps } from "../../lib/scores/pythia_evals.ts";
import { serveEvals } from "../helpers/evals_server.ts";
import { earlierFile, withFiles } from "../helpers/harness_files.ts";
import { throwsError } from "../helpers/throws_error.ts";

const toyFile = /^\/evals\/pythia-v1\/pythia-toy\/zero-shot\/toy_step(\d+)\.json$/;

/** Serves a score for every step of pythia-toy. */
function toyRepository(path: string): Response {
  const step = toyFile.exec(path)?.[1];
  if (step === undefined) return new Response("404: Not Found", { status: 404 });
  const sciq = { acc: Number(step) / 143_000, acc_stderr: 0.01 };
  return new Response(earlierFile({ sciq }, { step: Number(step) }));
}

/** Every file in a folder, at any depth. */
async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    files.push(...isDirectory ? await filesIn(path) : [path]);
  }
  return files;
}

Deno.test("only the files needed are downloaded, each once", () =>
  withFiles({}, async (cache) => {
    await using server = serveEvals(toyRepository);
    const fetched = (steps: number[]) =>
      fetchPublishedEvals("pythia-toy", server.url, cache, steps);
    const first = await fetched([512, 1000]);
    assert.equal(first.scores.get(1000)?.get("sciq/acc")?.value, 1 / 143);
    assert.deepEqual(server.requests, [
      "/evals/pythia-v1/pythia-toy/zero-shot/toy_step512.json",
      "/evals/pythia-v1/pythia-toy/zero-shot/toy_step1000.json",
    ]);
    const second = await fetched([512, 1000]);
    assert.equal(server.requests.length, 2);
    const values = (evals: typeof first) =>
      [...evals.scores].map(([step, scores]) => [step, scores.get("sciq/acc")?.value]);
    assert.deepEqual(values(second), values(first));
    assert.deepEqual(second.steps, publishedSteps);
    assert.equal((await filesIn(cache)).length, 2);
  }));

Deno.test("all 27 published steps are fetched unless some are asked for, and never another", () =>
  withFiles({}, async (cache) => {
    await using server = serveEvals(toyRepository);
    const { scores } = await fetchPublishedEvals("pythia-toy", `${server.url}/`, cache);
    assert.deepEqual([...scores.keys()], publishedSteps);
    const none = await fetchPublishedEvals("pythia-toy", server.url, cache, [2000]);
    assert.equal(none.scores.size, 0);
    assert.match(none.whyAbsent(2000), /^no published scores for pythia-toy at step 2000 in http/);
    assert.equal(server.requests.length, 27);
  }));

Deno.test("a model without scores has none at any step, and nothing is kept", () =>
  withFiles({}, async (cache) => {
    await using server = serveEvals(toyRepository);
    const { scores, whyAbsent } = await fetchPublishedEvals("pythia-14m", server.url, cache);
    assert.equal(scores.size, 0);
    assert.match(whyAbsent(512), /^no published scores for pythia-14m at step 512 in http/);
    assert.deepEqual(await filesIn(cache), []);
  }));

Deno.test("repositories on two servers share no file of the cache", () =>
  withFiles({}, async (cache) => {
    await using full = serveEvals(toyRepository);
    await using empty = serveEvals(() => new Response(null, { status: 404 }));
    await fetchPublishedEvals("pythia-toy", full.url, cache, [0]);
    assert.equal((await fetchPublishedEvals("pythia-toy", empty.url, cache, [0])).scores.size, 0);
  }));

Deno.test("a busy server is asked again", () =>
  withFiles({}, async (cache) => {
    let busy = true;
    await using server = serveEvals((path) => {
      const answer = busy ? new Response(null, { status: 503 }) : toyRepository(path);
      busy = false;
      return answer;
    });
    const { scores } = await fetchPublishedEvals("pythia-toy", server.url, cache, [143_000]);
    assert.equal(scores.get(143_000)?.get("sciq/acc")?.value, 1);
    assert.equal(server.requests.length, 2);
  }));

Deno.test("an answer that is cut short, a web page or another step's is refused and not kept", () =>
  withFiles({}, async (cache) => {
    const whole = earlierFile({ sciq: { acc: 0.5, acc_stderr: 0.01 } }, { step: 4 });
    for (
      const [answer, message] of [
        [whole.slice(0, -40), /toy_step2\.json is no valid JSON, perhaps cut short/],
        ["<html><body>Sign in</body></html>", /toy_step2\.json answered with a web page/],
        ["{}", /toy_step2\.json is no results file of lm-evaluation-harness/],
        [whole, /toy_step2\.json is filed as step 2 but records step 4/],
      ] as const
    ) {
      await using server = serveEvals(() => new Response(answer));
      await throwsError(() => fetchPublishedEvals("pythia-toy", server.url, cache, [2]), message);
      assert.deepEqual(await filesIn(cache), []);
    }
  }));

Deno.test("an address that is none is refused", () =>
  throwsError(
    () => fetchPublishedEvals("pythia-toy", "https://", "unused", [0]),
    /^https:\/\/ is no address; pass one/,
  ));
