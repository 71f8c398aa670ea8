import assert from "node:assert/strict";
import { usualPatience } from "../../../lib/checkpoints/hub/hub_connection.ts";
import { HubFile } from "../../../lib/checkpoints/hub/hub_file.ts";
import { RangeStore } from "../../../lib/checkpoints/hub/range_store.ts";
import { LinkMeter } from "../../../lib/checkpoints/hub/transfer_plan.ts";
import { largeFile, serveHub } from "../../helpers/hub_server.ts";
import { withFolder } from "../../helpers/with_folder.ts";

Deno.test("what a plan told is what moves, however much faster the link proves to be meanwhile", () =>
  withFolder(async (folder) => {
    const content = largeFile(new Uint8Array(1 << 22));
    await using hub = serveHub("someone/model", { main: { "model.bin": content } });
    const meter = new LinkMeter();
    meter.sawRequest(0.01, 1 << 20, 1);
    const { size, sha256 } = content;
    const file = new HubFile(
      {
        listed: { path: "model.bin", size, content: `sha256-${sha256}` },
        address: new URL(`${hub.url}/someone/model/resolve/main/model.bin`),
        source: "hf:someone/model",
        meter,
      },
      { endpoint: hub.url, token: null, ...usualPatience },
      { place: folder, ranges: () => new RangeStore(`${folder}/model`) },
    );
    // More requests than are under way at once.
    const apart = Array.from({ length: 40 }, (_, i) => ({ start: 1e5 * i, end: 1e5 * i + 1000 }));
    const told = await file.plan(apart);
    assert.deepEqual([told.bytes, told.requests], [40_000, apart]);
    // At this speed a plan of today would read over all gaps.
    meter.sawTransfer(2 ** 30, 1e-9);
    assert.deepEqual((await file.plan(apart)).requests, apart);
    await file.prefetch(apart);
    assert.equal(hub.bytes, told.bytes);
  }));

Deno.test("of two that share a folder one moves what both need, and the other waits and says so", () =>
  withFolder(async (folder) => {
    const content = largeFile(Uint8Array.from({ length: 1 << 20 }, (_, i) => i % 251));
    await using hub = serveHub("someone/model", { main: { "model.bin": content } });
    const { promise: open, resolve: letGo } = Promise.withResolvers<void>();
    hub.faults.answer = async ({ kind }) => {
      if (kind === "storage") await open;
      return null;
    };
    const waits: string[] = [];
    const { size, sha256 } = content;
    const file = () =>
      new HubFile(
        {
          listed: { path: "model.bin", size, content: `sha256-${sha256}` },
          address: new URL(`${hub.url}/someone/model/resolve/main/model.bin`),
          source: "hf:someone/model",
          meter: new LinkMeter(),
        },
        {
          ...{ endpoint: hub.url, token: null, ...usualPatience },
          onWait(sentence) {
            waits.push(sentence);
            letGo();
          },
        },
        { place: folder, ranges: () => new RangeStore(`${folder}/model`) },
      );
    const ranges = [{ start: 1000, end: 300_000 }, { start: 700_000, end: size }];
    const [one, other] = await Promise.all([file().read(ranges), file().read(ranges)]);
    assert.equal(hub.bytes, 299_000 + size - 700_000);
    assert.deepEqual(one, other);
    assert.equal(one![0]![0], 1000 % 251);
    assert.match(
      waits.join(),
      /^another command moves parts of hf:someone\/model into .*; waiting$/,
    );
  }));
