import assert from "node:assert/strict";
import type { ByteRange } from "../../../lib/checkpoints/byte_source.ts";
import {
  describeTransfer,
  LinkMeter,
  planTransfer,
  type TransferPlan,
} from "../../../lib/checkpoints/hub/transfer_plan.ts";
import { bytesIn, clipRanges, unionOfRanges } from "../../../lib/checkpoints/hub/byte_ranges.ts";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import type { Checkpoint, TensorInfo } from "../../../lib/checkpoints/checkpoint.ts";
import type { SampledEdges } from "../../../lib/options/values.ts";
import { sampleNodes } from "../../../lib/networks/sample_nodes.ts";
import { weightRequests } from "../../../lib/networks/read_weights.ts";

const link = { latency: 0.1, bandwidth: 25e6, lanes: 16 };
const range = (start: number, end: number) => ({ start, end });

/** The rows that samples of a GPT-NeoX model of 16-bit weights need, laid out as a file without header. */
function neededBytes(
  { blocks, hidden, vocabulary }: { blocks: number; hidden: number; vocabulary: number },
  samples: number,
  edges: SampledEdges,
): { ranges: ByteRange[]; size: number } {
  const places = new Map<string, { start: number; rowBytes: number }>();
  const tensors = new Map<string, TensorInfo>();
  let position = 2 * vocabulary * hidden;
  for (let block = 0; block < blocks; block++) {
    const matrices = [
      ["attention.query_key_value", 3 * hidden, hidden],
      ["attention.dense", hidden, hidden],
      ["mlp.dense_h_to_4h", 4 * hidden, hidden],
      ["mlp.dense_4h_to_h", hidden, 4 * hidden],
    ] as const;
    for (const [role, rows, columns] of matrices) {
      const name = `gpt_neox.layers.${block}.${role}.weight`;
      tensors.set(name, { name, dtype: "F16", shape: [rows, columns] });
      places.set(name, { start: position, rowBytes: 2 * columns });
      position += 2 * rows * columns;
    }
  }
  const checkpoint = { source: "virtual", config: null, tensors } as unknown as Checkpoint;
  const architecture = detectArchitecture(checkpoint);
  const drawn = Array.from(
    { length: samples },
    (_, sample) => sampleNodes(architecture, { sample, layerSample: 32 }),
  );
  const requests = weightRequests(architecture, drawn, { qkv: "reference", edges });
  const ranges = requests.flatMap(({ name, rows }) => {
    const { start, rowBytes } = places.get(name)!;
    return rows!.map((row) => range(start + row.start * rowBytes, start + row.end * rowBytes));
  });
  return { ranges, size: position + 2 * vocabulary * hidden };
}

const pythia12b = { blocks: 36, hidden: 5120, vocabulary: 50688 };
const pythia70m = { blocks: 6, hidden: 512, vocabulary: 50304 };

Deno.test("one sample of a 12B model moves at most 0.6 % of its bytes, ten 5.5 %", () => {
  for (const [samples, most] of [[1, 0.006], [10, 0.055]] as const) {
    const { ranges, size } = neededBytes(pythia12b, samples, "sampled");
    const plan = planTransfer(ranges, size, link);
    assert.equal(plan.method, "ranges");
    assert.ok(plan.bytes / size <= most, `${plan.bytes / size}`);
    assert.equal(plan.bytes, bytesIn(plan.requests));
    assert.equal(plan.needed, bytesIn(unionOfRanges(ranges)));
    assert.ok(plan.bytes <= 1.1 * plan.needed);
    assert.ok(plan.requests.length < unionOfRanges(ranges).length);
    assert.ok(plan.seconds < plan.secondsToStream);
    assert.equal(bytesIn(clipRanges(unionOfRanges(ranges), plan.requests).flat()), plan.needed);
  }
});

Deno.test("all edges need all rows, which the plan says", () => {
  const { ranges, size } = neededBytes(pythia12b, 1, "all");
  const plan = planTransfer(ranges, size, link);
  assert.equal(plan.bytes, plan.needed);
  assert.ok(plan.requests.every(({ start, end }) => end - start <= 1 << 25));
  assert.match(
    describeTransfer([plan]),
    /^22\.6 GB of 23\.7 GB \(96 %\) in 675 requests, about 15 min/,
  );
});

Deno.test("a small model is read through where requests for its rows would take longer", () => {
  const { ranges, size } = neededBytes(pythia70m, 10, "sampled");
  const plan = planTransfer(ranges, size, link);
  assert.equal(plan.method, "stream");
  assert.ok(plan.requests.length <= 4);
  assert.ok(plan.bytes < 0.4 * size, "the embeddings are not read");
  assert.match(describeTransfer([plan]), /, 1\d(\.\d)? MB of it needed, in \d requests/);
  const quick = planTransfer(ranges, size, { ...link, latency: 0.0005 });
  assert.equal(quick.method, "ranges");
  assert.ok(quick.bytes < 1.1 * quick.needed);
});

Deno.test("gaps are read over from the smallest, as long as they add a tenth and save time", () => {
  const needed = [range(0, 1000), range(1060, 2000), range(2050, 3000), range(3070, 4000)];
  assert.deepEqual(planTransfer(needed, 1e12, link).requests, [range(0, 4000)]);
  const wider = [range(0, 1000), range(1300, 2000), range(2200, 3000), range(1e9, 1e9 + 1000)];
  assert.deepEqual(planTransfer(wider, 1e12, link).requests, [
    range(0, 1000),
    range(1300, 3000),
    range(1e9, 1e9 + 1000),
  ]);
  // With no latency to save, no gap is worth its bytes.
  assert.deepEqual(planTransfer(needed, 1e12, { ...link, latency: 0 }).requests, needed);
});

Deno.test("what is there already is not moved again to save a request", () => {
  const needed = [range(0, 1000), range(1010, 2000), range(2010, 3000)];
  const isThere = ({ start }: ByteRange) => start === 1000;
  const dear = { ...link, latency: 10 };
  for (const speed of [link, dear]) {
    const { requests } = planTransfer(needed, 1e12, speed, isThere);
    assert.deepEqual(requests, [range(0, 1000), range(1010, 3000)]);
  }
});

Deno.test("what is there already needs no plan", () => {
  const plan = planTransfer([range(7, 7)], 100, link);
  assert.deepEqual([plan.method, plan.requests, plan.bytes, plan.seconds], ["nothing", [], 0, 0]);
  assert.match(describeTransfer([plan]), /^nothing of 100 bytes: all that is needed is in the/);
});

Deno.test("plans of several files are told in one sentence", () => {
  const plans = [planTransfer([range(0, 1e6)], 4e6, link), planTransfer([range(0, 1)], 4e6, link)];
  assert.equal(
    describeTransfer(plans),
    "1 MB of 8 MB (13 %) in 2 requests, about less than a second at 25 MB/s and 0.1 s a request; " +
      "all of it would take less than a second",
  );
});

Deno.test("fewest bytes adds a tenth at most whatever the time, fastest reads over all that is quick to read", () => {
  const { ranges, size } = neededBytes(pythia70m, 10, "sampled");
  const [fewest, balanced, fastest] = (["fewest-bytes", "balanced", "fastest"] as const)
    .map((transfer) => planTransfer(ranges, size, link, undefined, transfer));
  assert.equal(fewest!.method, "ranges");
  assert.ok(fewest!.bytes <= 1.1 * fewest!.needed);
  assert.ok(fewest!.seconds > 3 * balanced!.seconds);
  assert.deepEqual(fastest, balanced, "so small a model is read through");
  const apart = [range(0, 1000), range(51_000, 52_000), range(102_000, 103_000)];
  const requestsOf = (transfer: "balanced" | "fastest") =>
    planTransfer(apart, 1e12, { ...link, lanes: 1 }, undefined, transfer).requests;
  assert.deepEqual(requestsOf("fastest"), [range(0, 103_000)]);
});

Deno.test("a meter holds its speed, measured or given, however fast bytes come afterwards", () => {
  const meter = new LinkMeter();
  meter.sawRequest(0.02, 1 << 20, 0.1);
  const { speed } = meter;
  assert.deepEqual([speed.latency, speed.bandwidth], [0.02, (1 << 20) / 0.1]);
  meter.hold();
  meter.sawTransfer(1 << 25, 0.01);
  assert.deepEqual(meter.speed, speed);
  const given = new LinkMeter(5e6);
  given.sawRequest(0.02, 1 << 20, 0.1);
  assert.deepEqual(given.speed, { latency: 0.1, bandwidth: 5e6, lanes: 16 });
});

Deno.test("ten samples of Pythia-1.4b need and move what notebook 18 says", async () => {
  const pythia = { blocks: 24, hidden: 2048, vocabulary: 50304 };
  const { ranges, size } = neededBytes(pythia, 10, "sampled");
  const notebook = new URL("../../../notebooks/18_replication.ipynb", import.meta.url);
  const text = (await Deno.readTextFile(notebook)).replaceAll(/\\n",\s+"/g, " ");
  const [balanced, fewest] = (["balanced", "fewest-bytes"] as const)
    .map((transfer) => planTransfer(ranges, size, link, undefined, transfer));
  const told = (plan: TransferPlan) =>
    describeTransfer([plan]).match(
      /^([\d.]+ GB|[\d.]+ MB) .* in ([\d,]+ requests), about ([^@]*?) at/,
    )!;
  const [, bytes, requests, time] = told(balanced!), [, fewer, more, longer] = told(fewest!);
  assert.ok(text.includes(`as much: ${Math.round(balanced!.needed / 1e6)} MB of a step`));
  assert.ok(text.includes(`a request ${bytes} move in ${requests} and ${time}, or ${fewer} in`));
  assert.ok(text.includes(`or ${fewer} in ${more} and ${longer!.replace("min", "minutes")} with`));
});
