import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { openAddress } from "../../../lib/checkpoints/hub/address_file.ts";
import { openFile, openFiles } from "../../../lib/checkpoints/open_files.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";

const patience = { pauses: [1, 1], patience: 20_000 };
const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * i) >> 5);

/** A server of what a function answers. */
function serve(answer: (request: Request) => Response | Promise<Response>) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, answer);
  const address = (path: string) => new URL(`http://127.0.0.1:${server.addr.port}/${path}`);
  return { address, [Symbol.asyncDispose]: () => server.shutdown() };
}

/** The answer of a static host that knows ranges. */
function ranged(request: Request, content: Uint8Array<ArrayBuffer>): Response {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "")!;
  const start = Number(first), end = Math.min(Number(last) + 1, content.length);
  return new Response(content.slice(start, end), {
    status: 206,
    headers: { "content-range": `bytes ${start}-${end - 1}/${content.length}`, etag: '"1"' },
  });
}

async function refusal(opening: Promise<unknown>): Promise<string> {
  return await opening.then(() => "no error", ({ message }) => message.replace(/:\d{4,5}\//g, "/"));
}

Deno.test("a file at an address is read by ranges, what is there once only, and has the file's digest", async () => {
  let sent = 0;
  await using host = serve((request) => {
    const answer = ranged(request, bytes);
    const [, start, last] = /bytes (\d+)-(\d+)/.exec(answer.headers.get("content-range")!)!;
    sent += Number(last) + 1 - Number(start);
    return answer;
  });
  const file = await openAddress(host.address("a.bin"), "a.bin", { patience });
  assert.equal(file.size, bytes.length);
  const ranges = [{ start: 2_000_000, end: 2_000_100 }, { start: 5, end: 9 }];
  const expected = ranges.map(({ start, end }) => bytes.slice(start, end));
  assert.deepEqual(await file.read(ranges), expected);
  const before = sent;
  assert.ok(before < 1_100_000, `${before}`);
  assert.deepEqual(await file.read(ranges), expected);
  assert.equal(sent, before);
  assert.equal(await file.digest(), createHash("sha256").update(bytes).digest("hex"));
  const told = "ab".repeat(32);
  const known = await openAddress(host.address("b.bin"), "b.bin", { patience, sha256: told });
  assert.equal(await known.digest(), told);
  assert.match(
    await refusal(known.read([{ start: 0, end: bytes.length }])),
    /^b.bin came with other content than its digest says/,
  );
});

Deno.test("openFiles() opens a run by addresses, also where the server knows no ranges", async () => {
  const paths = ["config.json", "model.safetensors"].map((file) => `nano-32/step512/${file}`);
  for (const knowsRanges of [true, false]) {
    await using host = serve(async (request) => {
      const content = await Deno.readFile(`data/suite${new URL(request.url).pathname}`);
      return knowsRanges ? ranged(request, content) : new Response(content);
    });
    const files = paths.map((path) => ({ path, data: host.address(path) }));
    const far = await (await openFiles(files, { pauses: [1, 1] })).checkpoint(512);
    const near = await (await openRun("suite:nano-32")).checkpoint(512);
    assert.deepEqual([far.model, far.config], [near.model, near.config]);
    assert.equal(await far.digest(), await near.digest());
    const name = "embed_out.weight", rows = [{ start: 7, end: 9 }];
    assert.deepEqual(await far.read(name, rows), await near.read(name, rows));
  }
});

Deno.test("an address that is a web page, not there, not for all, or too long without ranges is refused with a sentence", async () => {
  const answers: Record<string, () => Response> = {
    page: () => new Response("<p>", { headers: { "content-type": "text/html; charset=utf-8" } }),
    gone: () => new Response("", { status: 404 }),
    closed: () => new Response("", { status: 401 }),
    busy: () => new Response("", { status: 503 }),
    long: () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(1 << 24)),
        }, { highWaterMark: 0 }),
      ),
    sizeless: () => new Response(bytes, { status: 206 }),
    short: () =>
      new Response(bytes.slice(0, 10), {
        status: 206,
        headers: { "content-range": "bytes 0-1048575/3000000" },
      }),
  };
  await using host = serve(({ url }) => answers[new URL(url).pathname.slice(1, -4)]!());
  const open = (name: string) =>
    refusal(openFile(host.address(`${name}.bin?signature=x`), { pauses: [1, 1] }));
  assert.equal(
    await open("page"),
    "http://127.0.0.1/page.bin answered with a web page in place of the file; " +
      "a proxy or a login page may stand in between, or the address is another page's",
  );
  assert.match(
    await open("gone"),
    /\/gone.bin answered 404: there is no such file; check the address$/,
  );
  assert.match(
    await open("closed"),
    /answered 401: it may not be read without signing in; download/,
  );
  assert.match(await open("busy"), /^http:\/\/127.0.0.1\/busy.bin could not be read in 3 tries/);
  assert.match(
    await open("long"),
    /knows no ranges and would send all of it, more than 67.1 MB; put/,
  );
  assert.match(await open("sizeless"), /does not tell its size \(content-range\); have it expose/);
  assert.match(
    await open("short"),
    /the server sent 10 of the first 1048576 bytes; check the address/,
  );
});

Deno.test("a file at an address that changes between two reads is refused", async () => {
  let content = bytes;
  await using host = serve((request) => ranged(request, content));
  const file = await openAddress(host.address("c.bin"), "c.bin", { patience });
  content = bytes.slice(0, 2_500_000);
  assert.match(
    await refusal(file.read([{ start: 2_000_000, end: 2_000_100 }])),
    /answered with the range "bytes 2000000-2000099\/2500000" of c.bin where/,
  );
});
