import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { openWeights } from "../../lib/checkpoints/open_weights.ts";
import { type RecordedSource, recordedSource } from "../helpers/recorded_source.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";
import { throwsError } from "../helpers/throws_error.ts";

const indexName = "model.safetensors.index.json";
const [one, two] = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];

/** A shard of 2 × 2 matrices of 16-bit numbers; each byte of a matrix is its number. */
function shard(matrices: Record<string, number>): Uint8Array {
  const names = Object.keys(matrices);
  const header = Object.fromEntries(
    names.map((name, i) => [
      name,
      { dtype: "F16", shape: [2, 2], data_offsets: [8 * i, 8 * i + 8] },
    ]),
  );
  const data = Uint8Array.from(names.flatMap((name) => new Array(8).fill(matrices[name])));
  return safetensorsBytes(header, data);
}

const shards = { [one]: shard({ a: 1, c: 3 }), [two]: shard({ b: 2, extra: 9 }) };
const index = { metadata: { total_size: 24 }, weight_map: { a: one, b: two, c: one } };

/** The files of a folder in memory; the index is written as JSON unless it is a text. */
function folder(indexValue: unknown = index, files: Record<string, Uint8Array> = shards) {
  const text = typeof indexValue === "string" ? indexValue : JSON.stringify(indexValue);
  const all: Record<string, Uint8Array> = { ...files, [indexName]: new TextEncoder().encode(text) };
  const opened = new Map<string, RecordedSource>();
  const open = () =>
    openWeights(indexName, (name) => {
      const bytes = all[name];
      if (!bytes) return Promise.reject(new Error(`/run/${name} does not exist`));
      opened.set(name, recordedSource(bytes, `/run/${name}`));
      return Promise.resolve(opened.get(name)!);
    });
  return { open, opened };
}

Deno.test("tensors are read from the shards that the index names, in the order asked for", async () => {
  const { open, opened } = folder();
  const weights = await open();
  assert.deepEqual([...weights.tensors.keys()], ["a", "b", "c"]);
  for (const file of opened.values()) file.reads.length = 0;
  const requests = [
    { name: "c", rows: [{ start: 1, end: 2 }] },
    { name: "b" },
    { name: "a", rows: [{ start: 0, end: 1 }] },
  ];
  const values = await weights.readAll(requests);
  assert.deepEqual(values.map(({ bytes }) => [...bytes]), [
    [3, 3, 3, 3],
    [2, 2, 2, 2, 2, 2, 2, 2],
    [1, 1, 1, 1],
  ]);
  assert.deepEqual([opened.get(one)!.reads.length, opened.get(two)!.reads.length], [1, 1]);
  const plan = await weights.ranges(requests);
  assert.deepEqual(plan.map(({ file, ranges }) => [file.source, ranges]), [
    [`/run/${one}`, opened.get(one)!.reads[0]],
    [`/run/${two}`, opened.get(two)!.reads[0]],
  ]);
  assert.deepEqual([...(await weights.read("b", [{ start: 0, end: 1 }])).bytes], [2, 2, 2, 2]);
});

Deno.test("the digest is that of the sorted lines of the shards' digests and names", async () => {
  const hex = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
  const lines = [`${hex(shards[two]!)}  ${two}\n`, `${hex(shards[one]!)}  ${one}\n`].sort();
  assert.equal(await (await folder().open()).digest(), hex(lines.join("")));
});

Deno.test("an unknown tensor is refused with the nearest name, one that the index leaves out too", async () => {
  const weights = await folder().open();
  const message = /^\/run\/model\.safetensors\.index\.json has no tensor "extra"; the nearest is "/;
  await throwsError(() => weights.read("extra"), message);
});

Deno.test("a shard that is missing or damaged is refused with the index and its own error", async () => {
  await throwsError(
    folder(index, { [one]: shards[one]! }).open,
    /^\/run\/.*index\.json names the shard model-00002-of-00002\.safetensors, which cannot be opened: \/run\/model-00002.* does not exist$/,
  );
  await throwsError(
    folder(index, { ...shards, [two]: shards[two]!.slice(0, -1) }).open,
    /names the shard .*00002\.safetensors, which cannot be opened: .* is truncated/,
  );
});

Deno.test("a tensor that its shard lacks is refused with both names", async () => {
  await throwsError(
    folder({ weight_map: { ...index.weight_map, c: two } }).open,
    /says that tensor "c" is in "model-00002-of-00002\.safetensors", which lacks it; get the index/,
  );
});

Deno.test("a file outside the folder is refused before it is opened", async () => {
  const names = [
    "../other/model.safetensors",
    "/etc/passwd",
    "sub/model.safetensors",
    "..\\model.safetensors",
    "C:model.safetensors",
    "..",
    "",
    "a\u0000.safetensors",
    "x".repeat(300),
    7,
    null,
    [one],
  ];
  for (const name of names) {
    const { open, opened } = folder({ weight_map: { a: one, b: name } });
    await throwsError(
      open,
      /says that tensor "b" is in .*, which is no file's name in its folder$/,
    );
    assert.deepEqual([...opened.keys()], [indexName]);
  }
});

Deno.test("an index among the shards is read as a file of weights, not as an index again", async () => {
  const message =
    /names the shard .*index\.json, which cannot be opened: .* is no file of torch\.save/;
  await throwsError(folder({ weight_map: { a: indexName } }).open, message);
});

Deno.test("what is no index is refused", async () => {
  const bad =
    /^\/run\/model\.safetensors\.index\.json is no index of weights: it has no object weight_map/;
  await throwsError(folder([1]).open, bad);
  await throwsError(folder({ weight_map: [one] }).open, bad);
  await throwsError(folder({ metadata: {} }).open, bad);
  await throwsError(folder("{").open, /index\.json is no JSON text; get it again/);
  await throwsError(
    folder(`{"weight_map": {"a": "${one}", "a": "${two}"}}`).open,
    /index\.json has the name "a" twice/,
  );
});

Deno.test("an index longer than any is refused before it is read", async () => {
  const vast = { ...recordedSource(new Uint8Array(0), "/run/vast"), size: 200_000_000 };
  await throwsError(
    () => openWeights(indexName, () => Promise.resolve(vast)),
    /^\/run\/vast has 200000000 bytes, more than any index \(100000000\)$/,
  );
  assert.equal(vast.reads.length, 0);
});

Deno.test("an index without tensors is an empty checkpoint", async () => {
  const weights = await folder({ weight_map: {} }).open();
  assert.equal(weights.tensors.size, 0);
  assert.deepEqual(await weights.readAll([]), []);
});
