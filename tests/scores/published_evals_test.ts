import assert from "node:assert/strict";
import { downloadText, fetchPublishedEvals } from "../../lib/scores/published_evals.ts";
import { publishedSteps } from "../../lib/scores/pythia_evals.ts";
import { serveEvals, serveRaw } from "../helpers/evals_server.ts";
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

const pauses = [1, 1];

/** The outcome of a download whose tries get these answers one after another, the last one ever after. */
async function download(...answers: (() => Response)[]) {
  let tries = 0;
  await using server = serveEvals(() => answers[Math.min(tries++, answers.length - 1)]!());
  const text = await downloadText(`${server.url}/file`, 100, pauses).catch((error) => error);
  return { text, requests: server.requests.length };
}

const halfByLength = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf";
const halfByChunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n";
const whole = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwhole";
const ok = () => new Response("µ fine");

Deno.test("a text is downloaded at the first try", async () => {
  assert.deepEqual(await download(ok), { text: "µ fine", requests: 1 });
});

Deno.test("an overloaded server is asked again", async () => {
  for (const status of [429, 500, 503]) {
    const busy = () => new Response("busy", { status });
    assert.deepEqual(await download(busy, busy, ok), { text: "µ fine", requests: 3 });
  }
});

Deno.test("a dropped connection is tried again and half an answer is not kept", async () => {
  for (const broken of ["", halfByLength, halfByChunks]) {
    await using server = serveRaw(broken, whole);
    assert.equal(await downloadText(server.url, 100, pauses), "whole");
    assert.equal(server.requests.length, 2);
  }
});

Deno.test("a server that never recovers ends in one error with its status and the number of tries", async () => {
  const { text, requests } = await download(() => new Response(null, { status: 503 }));
  assert.equal(requests, 3);
  await throwsError(
    () => Promise.reject(text),
    /could not be downloaded in 3 tries: it answered 503; t/,
  );
});

Deno.test("a connection that is always dropped ends in one error", async () => {
  await using server = serveRaw(halfByLength);
  await throwsError(
    () => downloadText(server.url, 100, pauses),
    /could not be downloaded in 3 tries: .+; try/,
  );
});

Deno.test("a server's wish to wait longer is granted", async () => {
  const busy = () => new Response(null, { status: 429, headers: { "retry-after": "1" } });
  const start = performance.now();
  assert.equal((await download(busy, ok)).text, "µ fine");
  assert.ok(performance.now() - start > 950);
});

Deno.test("a file that does not exist is null", async () => {
  assert.deepEqual(await download(() => new Response("no", { status: 404 })), {
    text: null,
    requests: 1,
  });
});

Deno.test("a refusal, a web page and a long file are errors at the first try", async () => {
  for (
    const [answer, message] of [
      [() => new Response("no", { status: 403 }), /\/file answered 403; pass another/],
      [() => new Response("\n<!doctype html><title>Log in"), /\/file answered with a web page/],
      [() => new Response("x".repeat(101)), /\/file has more than 100 bytes/],
    ] as const
  ) {
    const { text, requests } = await download(answer);
    assert.equal(requests, 1);
    await throwsError(() => Promise.reject(text), message);
  }
});

Deno.test("a server that drips is left when its time is over", async () => {
  await using server = serveEvals(() => {
    const drops = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resume) => setTimeout(resume, 10));
        controller.enqueue(new Uint8Array([32]));
      },
    }, { highWaterMark: 0 });
    return new Response(drops);
  });
  await throwsError(
    () => downloadText(`${server.url}/file`, 1e6, pauses, 100),
    /\/file could not be downloaded in 3 tries: it took longer than 0\.1 s;/,
  );
});
