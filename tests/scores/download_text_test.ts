import assert from "node:assert/strict";
import { downloadText } from "../../lib/scores/download_text.ts";
import { serveEvals, serveRaw } from "../helpers/evals_server.ts";
import { throwsError } from "../helpers/throws_error.ts";

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
