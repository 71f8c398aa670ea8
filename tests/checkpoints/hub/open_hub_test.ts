import assert from "node:assert/strict";
import { openHub } from "../../../lib/checkpoints/hub/open_hub.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";
import { failure, largeFile, servedFolder, serveHub } from "../../helpers/hub_server.ts";
import { openTestRun } from "../../helpers/hub_run.ts";
import { withFolder } from "../../helpers/with_folder.ts";

const suite = "data/suite/nano-32";
const pauses = [1, 1];

/** A hub that has two steps of a bundled model as branches. */
async function serveNano() {
  return serveHub("someone/nano-32", {
    main: {},
    step0: await servedFolder(`${suite}/step0`),
    step512: await servedFolder(`${suite}/step512`),
  });
}

async function refusal(opening: Promise<unknown>): Promise<string> {
  return await opening.then(() => "no error", ({ message }) => message);
}

Deno.test("openHub() reads a hub's model by ranges, with the networks of the same files on disk", async () => {
  await using hub = await serveNano();
  const run = await openHub("someone/nano-32", { endpoint: `${hub.url}/`, pauses });
  assert.deepEqual([run.model, run.source, run.steps], ["nano-32", "hf:someone/nano-32", [0, 512]]);
  let told = 0;
  const onTransfer = (plans: readonly { readonly bytes: number }[]) => {
    told = plans.reduce((sum, { bytes }) => sum + bytes, 0);
  };
  const options = { samples: 2, layerSample: 8, steps: [0, 512] };
  const far = await Array.fromAsync(sampleNetworks(run, { ...options, onTransfer }));
  const near = await Array.fromAsync(sampleNetworks(await openRun("suite:nano-32"), options));
  assert.deepEqual(
    far.map(({ digest, linked }) => ({ digest, linked })),
    near.map(({ digest, linked }) => ({ digest, linked })),
  );
  assert.ok(told >= 0);
  const { bytes } = hub;
  await Array.fromAsync(sampleNetworks(run, options));
  assert.equal(hub.bytes, bytes, "what is in memory is not moved again");
});

Deno.test("sampleNetworks() moves no weights of a hub's model where what is told of the plan refuses it", async () => {
  const files = { "model.safetensors": largeFile(new Uint8Array(0)) };
  files["model.safetensors"] = largeFile(
    await Deno.readFile("data/suite/nano-64/step0/model.safetensors"),
  );
  const config = (await servedFolder("data/suite/nano-64/step0"))["config.json"]!;
  await using hub = serveHub("someone/nano-64", {
    main: {},
    step0: { ...files, "config.json": config },
  });
  const run = await openHub("hf:someone/nano-64", { endpoint: hub.url, pauses });
  await run.checkpoint(0);
  const { bytes } = hub;
  const refuse = () => Promise.reject(new Error("the reader said no"));
  const sampled = Array.fromAsync(sampleNetworks(run, { samples: 1, onTransfer: refuse }));
  assert.equal(await refusal(sampled), "the reader said no");
  assert.equal(hub.bytes, bytes);
});

Deno.test("openHub() keeps no more in memory than it may, and says what to do where more is needed at once", async () => {
  const content = largeFile(Uint8Array.from({ length: 1 << 22 }, (_, i) => i * 7));
  const header = JSON.stringify({
    w: { dtype: "F32", shape: [1023, 1024], data_offsets: [0, 4190208] },
  });
  const bytes = content.bytes(0, 1 << 22);
  const padded = header.padEnd(4088);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded.length), true);
  bytes.set(new TextEncoder().encode(padded), 8);
  await using hub = serveHub("someone/wide", {
    main: {},
    step0: { "model.safetensors": largeFile(bytes.slice(0, 4096 + 4190208)) },
  });
  const open = async (memory: number) =>
    await (await openHub("someone/wide", { endpoint: hub.url, pauses, memory })).checkpoint(0);
  const checkpoint = await open(2_000_000);
  const quarter = await checkpoint.read("w", [{ start: 0, end: 255 }]);
  await checkpoint.read("w", [{ start: 700, end: 1000 }]);
  assert.deepEqual(await checkpoint.read("w", [{ start: 0, end: 255 }]), quarter);
  const whole = await refusal(checkpoint.read("w"));
  assert.match(whole, /more than 2 MB are needed at once, .*; take fewer neurons of each layer/);
  assert.equal((await (await open(2 ** 23)).read("w")).bytes.length, 4190208);
});

Deno.test("openHub() refuses what openRun() refuses of a hub, in the same words", () =>
  withFolder(async (cache) => {
    await using hub = await serveNano();
    const both = async (name: string) => {
      const near = await refusal(openTestRun(hub, `hf:${name}`, cache, { patience: { pauses } }));
      assert.notEqual(near, "no error");
      assert.equal(await refusal(openHub(name, { endpoint: hub.url, pauses })), near);
      return near;
    };
    assert.match(await both("someone/other"), /answered 404: there is no such model/);
    assert.match(await both("not a name"), /names no model on the hub/);
    hub.faults.answer = () => failure(401, "GatedRepo");
    assert.match(await both("someone/nano-32"), /answered 401: the model is gated/);
    hub.faults.answer = () => failure(429, "Busy");
    assert.match(await both("someone/nano-32"), /could not be read in 3 tries: it answered 429/);
    hub.faults.answer = () =>
      new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
    assert.match(await both("someone/nano-32"), /answered with a web page in place of the file/);
    assert.match(
      await refusal(openHub("someone/nano-32", { endpoint: "huggingface" })),
      /^endpoint is "huggingface", which is no web address/,
    );
  }));
