import assert from "node:assert/strict";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";
import { goldenNetwork } from "../../golden/golden_networks.ts";
import { syntheticCheckpoint } from "../../golden/synthetic_checkpoint.ts";
import {
  filesBelow,
  openTestRun,
  shortPatience,
  type TestHubOptions,
} from "../../helpers/hub_run.ts";
import {
  type Asked,
  cutOff,
  failure,
  type HubFaults,
  type HubServer,
  servedFolder,
  serveHub,
  smallFile,
} from "../../helpers/hub_server.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";

const repository = "EleutherAI/pythia-14m";
const name = `hf:${repository}`;
const step0 = await servedFolder(await syntheticCheckpoint("pythia-14m", 0));
/** For a server that is silent. */
const SILENT = { patience: shortPatience };
const published = { samples: 1, qkv: "reference", edges: "sampled" } as const;

/** Run `test` with a hub that answers requests of one kind in another way. */
async function withFault(
  kind: Asked["kind"],
  answer: NonNullable<HubFaults["answer"]>,
  test: (hub: HubServer, cache: string) => Promise<void>,
) {
  await using hub = serveHub(repository, { step0 }, {
    answer: (asked, good) => asked.kind === kind ? answer(asked, good) : null,
  });
  await withFolder((cache) => test(hub, cache));
}

/** Check that opening step 0 ends in one error, in good time, and leaves nothing that could be taken for weights. */
async function failsCleanly(
  kind: Asked["kind"],
  answer: NonNullable<HubFaults["answer"]>,
  message: RegExp,
  requests?: number,
  options: TestHubOptions = {},
) {
  await withFault(kind, answer, async (hub, cache) => {
    await throwsError(
      async () => await (await openTestRun(hub, name, cache, options)).checkpoint(0),
      message,
    );
    const kept = await filesBelow(cache);
    assert.deepEqual(kept.filter((file) => !/(branches|files-\w+)\.json$/.test(file)), []);
    const asked = hub.requests.filter((request) => request.startsWith(kind));
    if (requests !== undefined) assert.equal(asked.length, requests);
  });
}

/** Check that step 0 gives the right network all the same. */
async function worksAllTheSame(
  kind: Asked["kind"],
  answer: NonNullable<HubFaults["answer"]>,
  options: TestHubOptions = {},
) {
  await withFault(kind, answer, async (hub, cache) => {
    const run = await openTestRun(hub, name, cache, options);
    for await (const { network } of sampleNetworks(run, published)) {
      assert.deepEqual(network, goldenNetwork("pythia-14m", 0, 0));
    }
  });
}

const page = () =>
  new Response("<!doctype html><title>Sign in</title>", {
    headers: { "content-type": "text/html; charset=utf-8" },
  });

Deno.test("a model that is gated, private or not there is refused with what to do", async () => {
  await failsCleanly(
    "refs",
    () => failure(401, "RepoNotFound"),
    /refs answered 401: the model is gated, private or not there; .* and set HF_TOKEN$/,
    1,
  );
  await failsCleanly(
    "refs",
    () => failure(404, "RepoNotFound"),
    /answered 404: there is no such/,
    1,
  );
  await failsCleanly(
    "resolve",
    () => failure(403, "GatedRepo"),
    /answered 403: the model is gated/,
  );
  await withFault("refs", () => failure(403, "GatedRepo"), async (hub, cache) => {
    await throwsError(
      () => openTestRun(hub, name, cache, { token: "mine" }),
      /accept its terms on its page and check that the token in use may read it$/,
    );
  });
});

Deno.test("web pages in place of answers are told from files", async () => {
  for (const kind of ["refs", "tree", "resolve", "storage"] as const) {
    await failsCleanly(
      kind,
      page,
      /answered with a web page in place of the file; a proxy or a log/,
    );
  }
  await failsCleanly(
    "refs",
    () => new Response("<html>"),
    /refs did not answer in JSON; a proxy/,
    1,
  );
});

Deno.test("answers that make no sense are refused", async () => {
  const json = (value: unknown) => () => Response.json(value);
  const size = 5, path = "model.safetensors", oid = "0".repeat(40);
  const entry = (entry: object) => json([{ type: "file", size, path, oid, ...entry }]);
  const branches = (...branches: unknown[]) => json({ branches });
  for (
    const [answer, message] of [
      [json({}), /\/refs: branches is missing; check HF_ENDPOINT$/],
      [json(null), /\/refs: its value is null, not an object; check HF_ENDPOINT$/],
      [json({ branches: 5 }), /\/refs: branches is 5, not a list; check/],
      [branches(null), /\/refs: branches\[0\] is null, not an object; check/],
      [branches({ name: "step0" }), /\/refs: branches\[0\]\.targetCommit is missing; check/],
      [
        branches({ name: "step0", targetCommit: "../x" }),
        /branches\[0\]\.targetCommit is "\.\.\/x", not 40 hexadecimal digits; check/,
      ],
    ] as const
  ) await failsCleanly("refs", answer, message, 1);
  for (
    const [answer, message] of [
      [json(5), /tree\/\w+…: its value is 5, not a list; check HF_ENDPOINT$/],
      [json(null), /its value is null, not a list; check/],
      [json([null]), /\[0\] is null, not an object; check/],
      [entry({ size: -1 }), /\[0\]\.size is -1, not a whole number from 0; check/],
      [entry({ size: 1e300 }), /\[0\]\.size is 1e\+300, not a whole number from 0; check/],
      [entry({ path: 3 }), /\[0\]\.path is 3, not a text; check/],
      [entry({ oid: "x" }), /\[0\]\.oid is "x", not 40 hexadecimal digits; check/],
      [entry({ lfs: 3 }), /\[0\]\.lfs is 3, not an object; check/],
      [entry({ lfs: { oid: "../../../x" } }), /\[0\]\.lfs\.oid is "\.\.\/\.\.\/\.\.\/x", not 64/],
    ] as const
  ) await failsCleanly("tree", answer, message, 1);
  await withFault("revision", json(null), async (hub, cache) => {
    await throwsError(
      () => openTestRun(hub, `${name}@step0`, cache),
      /revision\/step0: its value is null, not an object; check HF_ENDPOINT$/,
    );
  });
  await failsCleanly(
    "tree",
    entry({ path: "x.txt" }),
    /@step0 is no checkpoint: looked for model\./,
  );
});

Deno.test("a listing without end is left", async () => {
  let pages = 0;
  await failsCleanly("tree", ({ request }) => {
    pages++;
    return Response.json([], { headers: { link: `<${request.url}>; rel="next"` } });
  }, /EleutherAI\/pythia-14m at .* has a listing that does not end; check HF_ENDPOINT/);
  assert.ok(pages <= 1000);
});

Deno.test("a next page that is no web address is not asked for", async () => {
  for (const next of ["file:///etc/passwd", "next"]) {
    await failsCleanly(
      "tree",
      () => Response.json([], { headers: { link: `<${next}>; rel="next"` } }),
      /names a next page ".*", which is no web address; check HF_ENDPOINT$/,
      1,
    );
  }
});

Deno.test("a server that drips, and so is never silent, is left", async () => {
  const drip = (status: number, headers: Record<string, string>) => () => {
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resume) => setTimeout(resume, 10));
        controller.enqueue(new Uint8Array([32]));
      },
    }, { highWaterMark: 0 });
    return new Response(body, { status, headers });
  };
  const patience = { ...shortPatience, patience: 2000, pace: { bytes: 1000, milliseconds: 100 } };
  const message = /could not be read in 4 tries: it sent only \d+ bytes in .*; try again later/;
  const { size } = step0["model.safetensors"]!;
  for (
    const [kind, answer] of [
      ["refs", drip(200, {})],
      ["tree", drip(200, {})],
      ["storage", drip(206, { "content-range": `bytes 0-65535/${size}` })],
    ] as const
  ) {
    await withFault(kind, answer, async (hub, cache) => {
      const open = async () =>
        await (await openTestRun(hub, name, cache, { patience })).checkpoint(0);
      if (kind !== "storage") await throwsError(open, message);
      // What came is kept, so that the next try asks for the rest, which this server does not send.
      else await throwsError(open, /it sent only|answered with the range/);
    });
  }
});

Deno.test("no more is read of an answer without end than an answer can have", async () => {
  let sent = 0;
  const endless = (headers: Record<string, string>, status: number) => () => {
    sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1 << 20).fill(32));
        sent++;
      },
    }, { highWaterMark: 0 });
    return new Response(body, { status, headers });
  };
  await failsCleanly("tree", endless({}, 200), /answered with more than 16000000 bytes/, 1);
  assert.ok(sent < 64, `${sent} MiB`);
  const { size } = step0["model.safetensors"]!;
  const headers = { "content-range": `bytes 0-65535/${size}` };
  await failsCleanly(
    "storage",
    endless(headers, 206),
    /server sent more bytes than were asked for/,
  );
  assert.ok(sent < 64, `${sent} MiB`);
});

Deno.test("an overloaded server is asked again, after the pause that it asks for", async () => {
  for (const kind of ["refs", "tree", "resolve", "storage"] as const) {
    for (const status of [429, 500, 503]) {
      await worksAllTheSame(kind, ({ earlier }) => earlier < 2 ? failure(status, "Busy") : null);
    }
  }
  const began = performance.now();
  await worksAllTheSame(
    "refs",
    ({ earlier }) => earlier === 0 ? failure(429, "Busy", { "retry-after": "1" }) : null,
  );
  assert.ok(performance.now() - began >= 1000);
});

Deno.test("a server that stays overloaded is left after some tries", async () => {
  await failsCleanly(
    "refs",
    () => failure(503, "Busy"),
    /refs could not be read in 4 tries: it answered 503; try again later$/,
    4,
  );
  await failsCleanly("storage", () => failure(429, "Busy"), /in 4 tries: it answered 429; try/, 4);
  await failsCleanly(
    "refs",
    () => failure(429, "Busy", { "retry-after": "86400" }),
    /could not be read: it answered 429 and asks to wait 86400 s; try again then/,
    1,
  );
});

Deno.test("a dropped connection is taken up where it ended", async () => {
  for (const then of ["drop", "silence"] as const) {
    const cut = new Set<number>();
    await worksAllTheSame("storage", async ({ range }, good) => {
      if (cut.has(range!.end) || cut.size === 5) return null;
      cut.add(range!.end);
      return await cutOff(good(), 0.5, then);
    }, then === "silence" ? SILENT : {});
    assert.equal(cut.size, 5);
  }
  const asked: Asked["range"][] = [];
  await worksAllTheSame("storage", async ({ range, earlier }, good) => {
    asked.push(range);
    return earlier === 0 ? await cutOff(good(), 0.25) : null;
  });
  assert.deepEqual(asked.slice(0, 2), [{ start: 0, end: 65536 }, { start: 16384, end: 65536 }]);
});

Deno.test("a connection that drops again and again, or is silent, is left", async () => {
  await failsCleanly(
    "storage",
    () => new Response(null, { status: 206 }),
    /answered with the range null of hf:.*model\.safetensors where bytes 0-65535\/\d+ were asked/,
  );
  await failsCleanly(
    "storage",
    async (_, good) => await cutOff(good(), 0),
    /safetensors could not be read in 4 tries: the connection failed \(.*\); try again later/,
    4,
  );
  await failsCleanly(
    "storage",
    async (_, good) => await cutOff(good(), 0, "silence"),
    /safetensors could not be read in 4 tries: it sent nothing for 0\.25 s; try again later/,
    4,
    SILENT,
  );
  await failsCleanly(
    "refs",
    () => new Promise(() => {}),
    /refs could not be read in 4 tries: it sent nothing for 0\.25 s/,
    4,
    SILENT,
  );
});

Deno.test("a range that ends before it should is taken up, and left if it gets no further", async () => {
  const short = (good: Response) => {
    const headers = new Headers(good.headers);
    return new Response(new Uint8Array(0), { status: 206, headers });
  };
  await failsCleanly(
    "storage",
    (_, good) => short(good()),
    /could not be read in 4 tries: it sent 0 of 65536 bytes; try again later/,
    4,
  );
});

Deno.test("a server that ignores Range is refused before it sends a whole file", async () => {
  let cancelled = 0;
  await failsCleanly(
    "storage",
    () => {
      const body = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(65536)),
        cancel: () => void cancelled++,
      });
      return new Response(body, { headers: { "content-length": "2418312" } });
    },
    /ignores Range and would send all of hf:.*, 2418312 bytes, instead of 65536 of its \d+; set HF/,
  );
  assert.ok(cancelled > 0);
});

Deno.test("files that are not those of the listing are refused", async () => {
  const { size } = step0["model.safetensors"]!;
  const linked = (headers: Record<string, string>) => (_: Asked, good: () => Response) => {
    const response = good();
    if (response.status !== 302) return response;
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
  await failsCleanly(
    "resolve",
    linked({ "x-linked-etag": `"${"a".repeat(64)}"` }),
    /has digest sha256-\w+ and \d+ bytes in the hub's listing, but the hub sends "a{64}"/,
  );
  await failsCleanly(
    "resolve",
    linked({ "x-linked-size": "7" }),
    /but the hub sends .* of "7" bytes/,
  );
  await failsCleanly(
    "storage",
    () => failure(416, "InvalidRange"),
    /answered 416: the file has not the size that the hub listed; run again/,
  );
  for (const range of [`bytes 0-65535/${size - 1}`, `bytes 1-65536/${size}`, "*"]) {
    await failsCleanly("storage", (_, good) => {
      const response = good();
      response.headers.set("content-range", range);
      return response;
    }, /answered with the range ".*" of hf:.* where bytes 0-65535\/\d+ were asked for/);
  }
});

Deno.test("a small file with other content than the listing's is refused and not kept", async () => {
  await withFault("resolve", ({ path }, good) => {
    if (path !== "config.json") return null;
    const response = good();
    const length = Number(response.headers.get("content-range")!.split("/")[1]);
    return new Response(new Uint8Array(length).fill(32), response);
  }, async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    await throwsError(() => run.checkpoint(0), /config\.json came with other content than the hub/);
    const { oid } = step0["config.json"]!;
    assert.ok((await filesBelow(cache)).every((file) => !file.includes(oid)));
  });
});

Deno.test("a config as large as no config is refused unread", async () => {
  const huge = { ...smallFile("{}"), size: 1e15 };
  await using hub = serveHub(repository, { step0: { ...step0, "config.json": huge } });
  await withFolder(async (cache) => {
    const run = await openTestRun(hub, name, cache);
    await throwsError(
      () => run.checkpoint(0),
      /config.json has 1000000000000000 bytes, more than any/,
    );
    assert.ok(!hub.requests.includes("resolve config.json"));
  });
});

Deno.test("redirections without end, or to what is no web address, are left", async () => {
  await failsCleanly(
    "resolve",
    ({ request }) => Response.redirect(request.url),
    /is reached by too many redirections; check HF_ENDPOINT/,
  );
  await failsCleanly(
    "resolve",
    () => new Response(null, { status: 302, headers: { location: "file:///etc/passwd" } }),
    /redirects to "file:\/\/\/etc\/passwd", which is no web address; check HF_ENDPOINT/,
  );
  // An address that encodes no letters is named as it stands.
  await withFault(
    "resolve",
    ({ request }) =>
      new Response(null, { status: 302, headers: { location: new URL("/%ff", request.url).href } }),
    async (hub, cache) => {
      await throwsError(
        async () => await (await openTestRun(hub, name, cache)).checkpoint(0),
        /\/%ff answered 404: there is no such model, revision or file; check the name$/,
      );
    },
  );
});

Deno.test("a hub that cannot be reached is left after some tries", async () => {
  await withFolder(async (cache) => {
    await throwsError(
      () => openTestRun({ url: "http://127.0.0.1:9" }, name, cache),
      /^http:\/\/127\.0\.0\.1:9\/api\/models\/.*\/refs could not be read in 4 tries: the connection/,
    );
    assert.deepEqual(await filesBelow(cache), []);
  });
});

Deno.test("when one of many ranges cannot be had, the others are kept and no connection is left", async () => {
  let isBroken = true;
  await withFault("storage", ({ range }) => {
    const isLate = range!.start > 1_000_000 && range!.start < 1_400_000;
    return isBroken && isLate ? failure(503, "Busy") : null;
  }, async (hub, cache) => {
    // Between its tries all other requests come to an end, so that none is under way when the one is given up.
    const patience = { pauses: [50, 50, 50], patience: 10_000 };
    const run = await openTestRun(hub, name, cache, { patience });
    const sample = () => Array.fromAsync(sampleNetworks(run, published));
    await throwsError(sample, /could not be read in 4 tries: it answered 503/);
    isBroken = false;
    const [sampled] = await sample();
    assert.deepEqual(sampled!.network, goldenNetwork("pythia-14m", 0, 0));
    const ranges = hub.sent.filter(({ path }) => path === "model.safetensors");
    const starts = ranges.map(({ start }) => start);
    assert.equal(new Set(starts).size, starts.length);
  });
});
