import assert from "node:assert/strict";
import { join } from "node:path";
import { WatchPage } from "../../lib/cli/watch_page.ts";
import { withFolder } from "../helpers/with_folder.ts";

const decoder = new TextDecoder();

/** The next event of a page. */
async function nextEvent(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<object> {
  const text = decoder.decode((await reader.read()).value);
  assert.match(text, /^data: .*\n\n$/);
  return JSON.parse(text.slice("data: ".length));
}

Deno.test("the page shows nothing but its own script, style and figures", async () => {
  await using page = new WatchPage(0, "</title><script>alert(1)</script>");
  const response = await fetch(page.address), html = await response.text();
  const policy = response.headers.get("content-security-policy")!;
  assert.match(
    policy,
    /^default-src 'none'; img-src 'self'; connect-src 'self'; script-src 'sha256-/,
  );
  assert.match(policy, /frame-ancestors 'none'$/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.doesNotMatch(html, /alert/);
  // What is allowed by its digest is what is there.
  for (const [tag, directive] of [["script", "script-src"], ["style", "style-src"]] as const) {
    const [, content] = new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(html)!;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
    assert.ok(policy.includes(`${directive} 'sha256-${new Uint8Array(digest).toBase64()}'`));
  }
});

Deno.test("an open page is told what there is, and each change", async () => {
  await using page = new WatchPage(0, "toy");
  const response = await fetch(`${page.address}events`);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const reader = response.body!.getReader();
  const empty = { model: "toy", made: "", columns: [], rows: [], waiting: [], figures: 0 };
  assert.deepEqual(await nextEvent(reader), { ...empty, version: 0 });
  page.show({ columns: ["step"], rows: [["<b>512</b>"]], waiting: ["step 9: half"] });
  assert.deepEqual(await nextEvent(reader), {
    ...{ ...empty, version: 1, columns: ["step"], rows: [["<b>512</b>"]] },
    waiting: ["step 9: half"],
  });
  await reader.cancel();
  page.show({ waiting: [] });
});

Deno.test("figures are served by number, and nothing else of the disk; other hosts and methods are refused", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "emergence.svg"), "<svg/>");
    await using page = new WatchPage(0, "toy");
    page.show({ figures: [join(folder, "emergence"), join(folder, "gone")] });
    const got = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${page.address}${path}`, init);
      return [response.status, await response.text()];
    };
    assert.deepEqual(await got("figure0.svg?1"), [200, "<svg/>"]);
    for (const path of ["figure1.svg", "figure2.svg", "emergence.svg", "..%2f..%2fetc%2fpasswd"]) {
      assert.equal((await got(path))[0], 404, path);
    }
    assert.equal((await got("", { method: "POST", body: "x" }))[0], 405);
    const { port } = new URL(page.address);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
    await connection.write(
      new TextEncoder().encode("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
    );
    const bytes = new Uint8Array(200);
    const count = await connection.read(bytes);
    assert.match(decoder.decode(bytes.subarray(0, count ?? 0)), /^HTTP\/1\.1 403/);
  }));

Deno.test("a port that is taken is an error with what to do", async () => {
  await using page = new WatchPage(0, "toy");
  const port = Number(new URL(page.address).port);
  assert.throws(() => new WatchPage(port, "toy"), {
    message: `port ${port} of 127.0.0.1 is taken; choose another by --serve, or 0 for any`,
  });
});
