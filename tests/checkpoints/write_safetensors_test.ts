import assert from "node:assert/strict";
import { join } from "node:path";
import { type TensorBytes, writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { throwsError } from "../helpers/throws_error.ts";

const tensor = (name: string, dtype: TensorBytes["dtype"], ...shape: number[]): TensorBytes => ({
  name,
  dtype,
  shape,
  bytes: new Uint8Array(shape.reduce((a, b) => a * b, dtype === "F32" ? 4 : 2)).fill(
    name.charCodeAt(0),
  ),
});

Deno.test("the file holds a padded header and the tensors, widest first and then by name", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "model.safetensors");
  await writeSafetensors(path, [
    tensor("é", "F16", 1),
    tensor("b", "F16", 3),
    tensor("a", "F16"),
    tensor("z", "F32", 1, 2),
  ]);
  const bytes = await Deno.readFile(path);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assert.equal(length % 8, 0);
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  assert.equal(
    text.trimEnd(),
    '{"__metadata__":{"format":"pt"},"z":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},' +
      '"a":{"dtype":"F16","shape":[],"data_offsets":[8,10]},' +
      '"b":{"dtype":"F16","shape":[3],"data_offsets":[10,16]},' +
      '"é":{"dtype":"F16","shape":[1],"data_offsets":[16,18]}}',
  );
  assert.deepEqual(
    [...bytes.subarray(8 + length)],
    [..."zzzzzzzzaabbbbbb"].map((c) => c.charCodeAt(0)).concat([0xe9, 0xe9]),
  );
  assert.deepEqual([...Deno.readDirSync(folder)].map((entry) => entry.name), ["model.safetensors"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a write that fails leaves the former file and no part of the new one", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "model.safetensors");
  await Deno.writeTextFile(path, "before");
  const breaks = function* () {
    yield tensor("a", "F16", 2);
    throw new Error("out of weights");
  };
  await throwsError(() => writeSafetensors(path, breaks()), /out of weights/);
  const readOnly = { ...tensor("a", "F16", 2), shape: [3] };
  await throwsError(
    () => writeSafetensors(path, [readOnly]),
    /tensor a of shape \[3\] and dtype F16 takes 6 bytes but 4 were given/,
  );
  await throwsError(
    () => writeSafetensors(path, [tensor("a", "F16", 2), tensor("a", "F16", 2)]),
    /the tensor name a is taken/,
  );
  await throwsError(
    () => writeSafetensors(path, [tensor("__metadata__", "F16", 2)]),
    /the tensor name __metadata__ is taken/,
  );
  assert.equal(await Deno.readTextFile(path), "before");
  assert.equal([...Deno.readDirSync(folder)].length, 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a file that cannot be put in its place leaves no temporary one", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(join(folder, "taken", "inside"), { recursive: true });
  await assert.rejects(() => writeSafetensors(join(folder, "taken"), [tensor("a", "F16", 2)]));
  assert.deepEqual([...Deno.readDirSync(folder)].map((entry) => entry.name), ["taken"]);
  await Deno.remove(folder, { recursive: true });
});
