import assert from "node:assert/strict";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openTorchFile } from "../../../lib/checkpoints/torch/torch_file.ts";
import {
  joined,
  littleEndian,
  pickle,
  stateDict,
  storage,
  tensor,
  text,
} from "../../helpers/pickle_bytes.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { torchVariants } from "../../golden/torch_variants.ts";
import { legacyBytes } from "../../helpers/torch_bytes.ts";

const open = (bytes: Uint8Array) => openTorchFile(recordedSource(bytes));
const vector = (key: string, count: number) =>
  tensor(storage("FloatStorage", key, count), { shape: [count], strides: [1] });
const values = (count: number, announced = count) =>
  joined(littleEndian(announced, 8), new Uint8Array(new Float32Array(count).fill(7).buffer));

Deno.test("storages are found in the order of the file's list of keys", async () => {
  const model = pickle(stateDict({ a: vector("1", 2), b: vector("0", 3) }));
  const two = new Uint8Array(new Float32Array([1, 2]).buffer);
  const data = [joined(littleEndian(2, 8), two), values(3)];
  const weights = await open(legacyBytes(model, ["1", "0"], data));
  assert.deepEqual([...decodeValues(await weights.read("a"))], [1, 2]);
  assert.deepEqual([...decodeValues(await weights.read("b"))], [7, 7, 7]);
});

Deno.test("storages of values that are no weights are passed over", async () => {
  const optimizer = stateDict({ momentum: vector("0", 9) });
  const model = pickle(stateDict({ optimizer, w: vector("1", 2) }));
  const weights = await open(legacyBytes(model, ["0", "1"], [values(9), values(2)]));
  assert.deepEqual([...weights.tensors.keys()], ["w"]);
  assert.deepEqual([...decodeValues(await weights.read("w"))], [7, 7]);
});

Deno.test("pickles longer than the first read are read on", async () => {
  const names = Object.fromEntries(
    Array.from({ length: 900 }, (_, i) => [`${i}.${"x".repeat(400)}`, vector("0", 1)]),
  );
  const file = recordedSource(legacyBytes(pickle(stateDict(names)), ["0"], [values(1)]));
  assert.ok(file.size > 1 << 18);
  assert.equal((await openTorchFile(file)).tensors.size, 900);
  assert.equal(file.reads.length, 3);
});

Deno.test("a pickle that torch did not write is refused", async () => {
  const model = pickle(stateDict({}));
  const refuses = (message: RegExp, options: object) =>
    throwsError(() => open(legacyBytes(model, [], [], options)), message);
  await refuses(/is a pickle but not one of torch\.save/, {
    magic: joined(...new Array(10).fill(1)),
  });
  await refuses(/has the torch protocol 1002, where only 1001 is known/, { version: 1002 });
  await refuses(/was not saved on a little-endian machine/, { little: false });
  await throwsError(
    () => open(pickle("cos\nsystem\n")),
    /^\/memory\/weights is a pickle but not one/,
  );
});

Deno.test("storages that the tensors and the file disagree about are refused", async () => {
  const model = pickle(stateDict({ a: vector("0", 2), b: vector("1", 3) }));
  const refuses = (message: RegExp, keys: string[], ...data: Uint8Array[]) =>
    throwsError(() => open(legacyBytes(model, keys, data)), message);
  await refuses(/its list of storages has "9" twice or for no tensor/, ["9"], values(1));
  await refuses(/its list of storages has "0" twice/, ["0", "0"], values(2), values(2));
  await refuses(/the storage "1" of a tensor is not stored/, ["0"], values(2));
  await refuses(
    /is truncated: its tensors need \d+ bytes but it has/,
    ["0", "1"],
    values(2),
    values(2),
  );
  await refuses(/4 bytes at its end belong to no tensor/, ["0", "1"], values(2), values(4));
  const twice = pickle(stateDict({ a: vector("0", 2), b: vector("0", 3) }));
  await throwsError(
    () => open(legacyBytes(twice, ["0"], [values(3)])),
    /its tensors disagree about the storage "0"/,
  );
  const noKeys = legacyBytes(model, [], []).slice(0, -6);
  await throwsError(() => open(joined(noKeys, pickle(text("0")))), /storages have no list of keys/);
});

Deno.test("a storage's own count that differs is refused when it is read", async () => {
  const bytes = legacyBytes(pickle(stateDict({ a: vector("0", 2) })), ["0"], [values(2, -1)]);
  const weights = await open(bytes);
  await throwsError(
    () => weights.read("a"),
    /its storage "0" has -1 values where its tensors need 2; get it again/,
  );
});

Deno.test("a truncated legacy file is refused wherever it was cut", async () => {
  const { bytes } = torchVariants("legacy");
  for (let length = 0; length < bytes.length; length++) {
    await throwsError(
      () => open(bytes.slice(0, length)),
      /^\/memory\/weights is (truncated|no file)/,
    );
  }
});

Deno.test("what torch.save did not write is refused for what it is", async () => {
  const page = new TextEncoder().encode("<!DOCTYPE html><html>");
  await throwsError(
    () => open(page),
    /^\/memory\/weights is no file of torch\.save: it begins with "<!DOCTYPE html><"; pass a file of weights$/,
  );
  await throwsError(
    () => open(new TextEncoder().encode("version https://git-lfs.github.com/spec/v1")),
    /is a Git LFS pointer and holds no weights; run git lfs pull/,
  );
});
