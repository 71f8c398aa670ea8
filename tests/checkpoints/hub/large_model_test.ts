import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { describeTransfer } from "../../../lib/checkpoints/hub/transfer_plan.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";
import { openTestRun, shortPatience } from "../../helpers/hub_run.ts";
import { type HubServer, serveHub, smallFile } from "../../helpers/hub_server.ts";
import { sampledRows } from "../../helpers/sampled_rows.ts";
import {
  sizesOf12b,
  virtualBytes,
  virtualCheckpoint,
  virtualConfig,
  type VirtualSizes,
} from "../../helpers/virtual_checkpoint.ts";
import { withFolder } from "../../helpers/with_folder.ts";

const repository = "EleutherAI/pythia-12b";

function serveVirtual(sizes: VirtualSizes): HubServer {
  const step0 = {
    "config.json": smallFile(virtualConfig(sizes)),
    "model.safetensors": virtualCheckpoint(sizes),
  };
  return serveHub(repository, { step0 });
}

Deno.test("one sample of a 12B model moves the bytes planned, at most 0.6 % of the file's", async () => {
  await using hub = serveVirtual(sizesOf12b);
  await withFolder(async (cache) => {
    const run = await openTestRun(hub, `hf:${repository}`, cache, {
      // Every byte counts here, so that a busy machine must not make a request look lost.
      patience: { ...shortPatience, patience: 10_000 },
      onPlan: (_, plans) => console.log(describeTransfer(plans)),
    });
    const checkpoint = await run.checkpoint(0);
    const { size } = virtualCheckpoint(sizesOf12b);
    const architecture = detectArchitecture(checkpoint);
    const rows = sampledRows(architecture, 1, "sampled");
    const [plan] = await checkpoint.plan!(rows);
    const [planOfTen] = await checkpoint.plan!(sampledRows(architecture, 10, "sampled"));
    assert.ok(planOfTen!.bytes <= 0.055 * size, `${planOfTen!.bytes} bytes for ten samples`);
    const opening = hub.bytes, requests = hub.requests.length;
    await checkpoint.prefetch!(rows);
    console.log(`${hub.bytes - opening} bytes moved and ${opening} to open, of ${size}`);
    assert.equal(hub.bytes - opening, plan!.bytes);
    assert.equal(hub.requests.length - requests, plan!.requests.length);
    assert.ok(hub.bytes <= 0.006 * size);
    // The network of the sample is made of what has been brought.
    const options = { samples: 1, qkv: "reference", edges: "sampled" } as const;
    const [sampled] = await Array.fromAsync(sampleNetworks(run, options));
    assert.equal(sampled!.network.nodeIds.length, 36 * 8 * 32);
    assert.equal(hub.bytes - opening, plan!.bytes);
    // The last block's last matrix lies before its bias at the end of the file.
    const { hidden } = sizesOf12b, rowBytes = 2 * 4 * hidden;
    const { name, rows: some } = rows.at(-1)!;
    const start = size - 2 * hidden + (some![0]!.start - hidden) * rowBytes;
    const { bytes } = await checkpoint.read(name, some!.slice(0, 1));
    assert.ok(equalBytes(bytes, virtualBytes(start, start + rowBytes)));
  });
});

/** Comparing long arrays by `assert` takes minutes where they differ. */
function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

const program = fileURLToPath(new URL("../../helpers/prefetch_from_hub.ts", import.meta.url));

/** Start a process that reads from the hub. */
function startReading(hub: HubServer, cache: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-net=127.0.0.1",
      program,
      `hf:${repository}`,
    ],
    env: { HF_ENDPOINT: hub.url, HF_HUB_CACHE: cache, HF_TOKEN: "x" },
    stderr: "piped",
  }).spawn();
}

Deno.test("a reading that was killed goes on without moving a byte twice", async () => {
  await using hub = serveVirtual({ blocks: 4, hidden: 2048, vocabulary: 1000, heads: 16 });
  await withFolder(async (cache) => {
    let isHolding = true;
    const { promise: holds, resolve: nowHolds } = Promise.withResolvers<void>();
    hub.faults.answer = async ({ kind, earlier }) => {
      if (kind !== "storage" || earlier < 100 || !isHolding) return null;
      nowHolds();
      return await new Promise<never>(() => {});
    };
    const killed = startReading(hub, cache);
    const ended = killed.status.then(() => "ended");
    assert.notEqual(await Promise.race([holds, ended]), "ended");
    // What was sent before has been kept by now.
    await new Promise((resume) => setTimeout(resume, 300));
    killed.kill("SIGKILL");
    await killed.stderr.cancel();
    await killed.status;
    isHolding = false;
    const before = hub.sent.length;
    assert.ok(before >= 100);
    const { success, stderr } = await startReading(hub, cache).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    assert.ok(hub.sent.length > before);
    const ranges = hub.sent.toSorted((a, b) => a.path < b.path ? -1 : 1)
      .toSorted((a, b) => a.path === b.path ? a.start - b.start : 0);
    for (const [i, { path, start, end }] of ranges.entries()) {
      const next = ranges[i + 1];
      if (next?.path === path) assert.ok(next.start >= end, `${path} ${start}`);
    }
    const last = hub.sent.length;
    assert.ok((await startReading(hub, cache).output()).success);
    assert.equal(hub.sent.length, last);
  });
});

Deno.test("two processes with one cache move no byte twice, and where one is killed the other goes on", async () => {
  await using hub = serveVirtual({ blocks: 4, hidden: 2048, vocabulary: 1000, heads: 16 });
  await withFolder(async (cache) => {
    let isHolding = true;
    const { promise: holds, resolve: nowHolds } = Promise.withResolvers<void>();
    hub.faults.answer = async ({ kind, earlier }) => {
      if (kind !== "storage" || earlier < 100 || !isHolding) return null;
      nowHolds();
      return await new Promise<never>(() => {});
    };
    const killed = startReading(hub, cache);
    await holds;
    const other = startReading(hub, cache);
    const said = other.stderr.pipeThrough(new TextDecoderStream());
    // What was sent before has been kept by now, and the other has come to wait.
    await new Promise((resume) => setTimeout(resume, 1000));
    const before = hub.requests.filter((request) => request.startsWith("storage")).length;
    isHolding = false;
    killed.kill("SIGKILL");
    await killed.stderr.cancel();
    await killed.status;
    assert.ok((await other.status).success, (await Array.fromAsync(said)).join(""));
    assert.ok(before <= 120, `${before} requests while the other waits`);
    const ranges = hub.sent.toSorted((a, b) => a.path < b.path ? -1 : 1)
      .toSorted((a, b) => a.path === b.path ? a.start - b.start : 0);
    assert.ok(ranges.length > 100);
    for (const [i, { path, start, end }] of ranges.entries()) {
      const next = ranges[i + 1];
      if (next?.path === path) assert.ok(next.start >= end, `${path} ${start}`);
    }
  });
});
