import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { openFolderCheckpoint } from "../../lib/checkpoints/folder_checkpoint.ts";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { throwsError } from "../helpers/throws_error.ts";

const tiny = fileURLToPath(new URL("../golden/checkpoints/tiny", import.meta.url));

async function copyTiny(): Promise<string> {
  const folder = await Deno.makeTempDir();
  for (const name of ["config.json", "model.safetensors"]) {
    await Deno.copyFile(join(tiny, name), join(folder, name));
  }
  return folder;
}

Deno.test("a checkpoint has its name, step, config, tensors, values and digest", async () => {
  const checkpoint = await openFolderCheckpoint(tiny, "tiny", 3);
  assert.equal(checkpoint.model, "tiny");
  assert.equal(checkpoint.step, 3);
  assert.equal(checkpoint.source, tiny);
  assert.equal(checkpoint.config?.hidden_size, 8);
  assert.equal(checkpoint.tensors.size, 15);
  const stored = await checkpoint.read("gpt_neox.layers.1.mlp.dense_4h_to_h.weight", [
    { start: 7, end: 8 },
  ]);
  assert.deepEqual(stored.shape, [1, 32]);
  assert.equal(decodeValues(stored).length, 32);
  assert.equal(
    await checkpoint.digest(),
    "ffc96ebf6a505d101e21606a21cb7839a964c828800bc5de2000aeccf7f1fe4e",
  );
});

Deno.test("a checkpoint without config.json has no config", async () => {
  const folder = await copyTiny();
  await Deno.remove(join(folder, "config.json"));
  assert.equal((await openFolderCheckpoint(folder, "tiny", null)).config, null);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a config that is no JSON object or too long is refused", async () => {
  const folder = await copyTiny();
  const config = join(folder, "config.json");
  const open = () => openFolderCheckpoint(folder, "tiny", null);
  await Deno.writeTextFile(config, "[1]");
  await throwsError(open, /config\.json must hold a JSON object but holds \[1\]/);
  await Deno.writeTextFile(config, '{\n"a": \u001b}');
  await throwsError(open, /config\.json is no valid JSON: /);
  await Deno.truncate(config, 16_000_001);
  await throwsError(open, /config\.json has 16000001 bytes, more than any config\.json/);
  await Deno.remove(config);
  await Deno.mkdir(config);
  await throwsError(open, /config\.json is no file/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a folder that is no checkpoint is refused with what was looked for and found", async () => {
  const folder = await Deno.makeTempDir();
  const open = () => openFolderCheckpoint(folder, "tiny", null);
  const looked =
    "is no checkpoint: looked for model\\.safetensors, model\\.safetensors\\.index\\.json, " +
    "pytorch_model\\.bin, pytorch_model\\.bin\\.index\\.json \\(and config\\.json\\)";
  await throwsError(open, new RegExp(`${looked} and found nothing`));
  await Deno.writeTextFile(join(folder, "pytorch_model.zip"), "");
  await throwsError(open, new RegExp(`${looked} and found pytorch_model\\.zip`));
  await Deno.remove(folder, { recursive: true });
  await throwsError(open, /does not exist/);
});
