import assert from "node:assert/strict";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openTorchFile } from "../../../lib/checkpoints/torch/torch_file.ts";
import {
  dictionary,
  joined,
  pickle,
  stateDict,
  storage,
  tensor,
} from "../../helpers/pickle_bytes.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { torchLegacyBytes, torchZipBytes, zipBytes } from "../../helpers/torch_bytes.ts";

const tensors = [{
  ...{ name: "action_net.weight", dtype: "F32", shape: [2, 3] },
  bytes: new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer),
}];
const policy = await torchZipBytes(tensors);
const layout = {
  data: joined("{}"),
  "pytorch_variables.pth": new Uint8Array(9),
  "policy.pth": policy,
  "policy.optimizer.pth": new Uint8Array(9),
  "_stable_baselines3_version": joined("2.3.2"),
  "system_info.txt": joined("x"),
};

const open = (bytes: Uint8Array, key?: string) =>
  openTorchFile(recordedSource(bytes, "/run/rl_model_1000_steps.zip"), key);

Deno.test("the policy in a file of stable-baselines3 is the model, and said to be an entry", async () => {
  for (const bytes of [policy, torchLegacyBytes(tensors)]) {
    const zip = await zipBytes({ ...layout, "policy.pth": bytes });
    const weights = await open(zip);
    assert.equal(weights.entry, "policy.pth");
    assert.deepEqual([...weights.tensors.keys()], ["action_net.weight"]);
    const rows = await weights.read("action_net.weight", [{ start: 1, end: 2 }]);
    assert.deepEqual([...decodeValues(rows)], [4, 5, 6]);
    assert.equal(await weights.digest(), await recordedSource(zip).digest());
  }
});

Deno.test("a key chooses within the policy, and faults name it", async () => {
  const matrix = tensor(storage("FloatStorage", "0", 6), { shape: [2, 3], strides: [3, 1] });
  const saved = pickle(dictionary({ a: stateDict({ w: matrix }), b: stateDict({ v: matrix }) }));
  const inner = await zipBytes({ "p/data.pkl": saved, "p/data/0": new Uint8Array(24) });
  const zip = await zipBytes({ ...layout, "policy.pth": inner });
  assert.equal((await open(zip, "b")).entry, "policy.pth: b");
  await throwsError(
    () => open(zip),
    /^\/run\/rl_model_1000_steps\.zip \(policy\.pth\) has several dictionaries of tensors, a, b; choose/,
  );
});

Deno.test("zip files of another layout, and policies inside policies, are refused", async () => {
  const { data: _, ...withoutData } = layout;
  for (const other of [withoutData, { ...layout, "logs/a": new Uint8Array(1) }]) {
    const zip = await zipBytes(other);
    await throwsError(
      () => open(zip),
      /is a zip file but not torch's: it needs one entry data\.pkl/,
    );
  }
  const twice = await zipBytes({ ...layout, "policy.pth": await zipBytes(layout) });
  await throwsError(() => open(twice), /\(policy\.pth\) is a zip file but not torch's/);
  const compressed = await zipBytes(layout, { level: 9 });
  await throwsError(
    () => open(compressed),
    /its entry "policy\.pth" is compressed; save the policy alone with torch\.save$/,
  );
  const text = await zipBytes({ ...layout, "policy.pth": joined("hello, this is text") });
  await throwsError(() => open(text), /\(policy\.pth\) is no file of torch\.save: it begins with/);
});
