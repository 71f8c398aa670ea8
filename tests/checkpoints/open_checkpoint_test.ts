import assert from "node:assert/strict";
import { join } from "node:path";
import { openCheckpoint, openFolderCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { torchZipBytes } from "../helpers/torch_bytes.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { fileURLToPath } from "node:url";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";

const tensor = { name: "w", dtype: "F32" as const, shape: [2], bytes: new Uint8Array(8) };

async function save(...path: string[]): Promise<string> {
  const file = join(...path);
  await Deno.mkdir(join(file, ".."), { recursive: true });
  if (file.endsWith(".safetensors")) await writeSafetensors(file, [tensor]);
  else await Deno.writeFile(file, await torchZipBytes([tensor]));
  return file;
}

Deno.test("a folder that tells no step is a checkpoint of an unknown step, and a run of step 1 with a warning", () =>
  withFolder(async (folder) => {
    const file = await save(folder, "gpt2", "pytorch_model.bin");
    await Deno.writeTextFile(join(folder, "gpt2", "config.json"), '{"model_type": "gpt2"}');
    for (const path of [file, join(folder, "gpt2"), `${join(folder, "gpt2")}/`]) {
      const checkpoint = await openCheckpoint(path);
      assert.equal(checkpoint.model, "gpt2");
      assert.equal(checkpoint.step, null);
      assert.deepEqual(checkpoint.config, { model_type: "gpt2" });
      assert.deepEqual([...checkpoint.tensors.keys()], ["w"]);
    }
    for (const path of [file, join(folder, "gpt2")]) {
      const run = await openRun(path);
      assert.deepEqual([run.model, run.steps], ["gpt2", [1]]);
      assert.match(
        run.warnings!.join(),
        /tells no training step, so that it stands in tables as step 1; stepsPattern/,
      );
      assert.equal((await run.checkpoint(1)).step, 1);
    }
  }));

Deno.test("a folder or file of a step is a run of that step", () =>
  withFolder(async (folder) => {
    const file = await save(folder, "nano-8", "step1000", "model.safetensors");
    for (const path of [file, join(folder, "nano-8", "step1000")]) {
      const run = await openRun(path);
      assert.deepEqual([run.model, run.source, run.steps], ["nano-8", path, [1000]]);
      assert.equal((await run.checkpoint(1000)).step, 1000);
      await throwsError(
        () => run.checkpoint(0),
        /^checkpoint step 0 of nano-8 is not there; steps: 1000$/,
      );
    }
    assert.deepEqual((await openRun(join(folder, "nano-8"))).steps, [1000]);
  }));

Deno.test("a file with a name of its own names the model", () =>
  withFolder(async (folder) => {
    const file = await save(folder, "step7", "resnet50-0676ba61.pth");
    const checkpoint = await openCheckpoint(file);
    assert.deepEqual([checkpoint.model, checkpoint.step], ["resnet50-0676ba61", 7]);
    assert.equal(checkpoint.source, file);
  }));

Deno.test("one of several shards is refused, since the rest of the model would be missing", () =>
  withFolder(async (folder) => {
    const file = await save(folder, "step7", "model-00001-of-00002.safetensors");
    await throwsError(
      () => openCheckpoint(file),
      /model-00001-of-00002\.safetensors is one of several shards; pass its folder, \/.*step7$/,
    );
  }));

Deno.test("an index can be passed as the file", () =>
  withFolder(async (folder) => {
    await save(folder, "big", "pytorch_model-00001-of-00001.bin");
    const path = join(folder, "big", "pytorch_model.bin.index.json");
    const weight_map = { w: "pytorch_model-00001-of-00001.bin" };
    await Deno.writeTextFile(path, JSON.stringify({ metadata: {}, weight_map }));
    for (const name of [path, join(folder, "big")]) {
      const checkpoint = await openCheckpoint(name);
      assert.equal(checkpoint.model, "big");
      assert.equal((await checkpoint.read("w")).bytes.length, 8);
    }
  }));

Deno.test("a path that is nothing or holds nothing is refused", () =>
  withFolder(async (folder) => {
    await throwsError(
      () => openCheckpoint(join(folder, "no")),
      /no does not exist; check the path/,
    );
    await throwsError(
      () => openCheckpoint(folder),
      /is no checkpoint: looked for model\.safetensors/,
    );
  }));

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
    ".*pytorch_model\\.bin, pytorch_model\\.bin\\.index\\.json \\(and config\\.json\\), or one file ending in .*,";
  await throwsError(open, new RegExp(`${looked} and found nothing`));
  await Deno.writeTextFile(join(folder, "pytorch_model.7z"), "");
  await throwsError(open, new RegExp(`${looked} and found pytorch_model\\.7z`));
  await Deno.remove(folder, { recursive: true });
  await throwsError(open, /does not exist/);
});
