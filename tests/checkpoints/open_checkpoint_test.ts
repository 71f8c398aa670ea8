import assert from "node:assert/strict";
import { join } from "node:path";
import { openCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { selectSteps } from "../../lib/runs/open_selected_run.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { torchZipBytes } from "../helpers/torch_bytes.ts";
import { withFolder } from "../helpers/with_folder.ts";

const tensor = { name: "w", dtype: "F32" as const, shape: [2], bytes: new Uint8Array(8) };

async function save(...path: string[]): Promise<string> {
  const file = join(...path);
  await Deno.mkdir(join(file, ".."), { recursive: true });
  if (file.endsWith(".safetensors")) await writeSafetensors(file, [tensor]);
  else await Deno.writeFile(file, await torchZipBytes([tensor]));
  return file;
}

Deno.test("a folder that tells no step is a checkpoint of an unknown step", () =>
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
    await throwsError(
      () => openRun(join(folder, "gpt2")),
      /gpt2 is a single checkpoint whose folder's name tells no training step, .* rename .* step<N>/,
    );
    await throwsError(
      () => openRun(file),
      /pytorch_model\.bin is a single checkpoint whose folder's/,
    );
  }));

Deno.test("a folder or file of a step is a run of that step", () =>
  withFolder(async (folder) => {
    const file = await save(folder, "nano-8", "step1000", "model.safetensors");
    for (const path of [file, join(folder, "nano-8", "step1000")]) {
      const run = await openRun(path);
      assert.deepEqual([run.model, run.source, run.steps], ["nano-8", path, [1000]]);
      assert.equal((await run.checkpoint(1000)).step, 1000);
      assert.throws(
        () => selectSteps(run),
        /^Error: nano-8 cannot be measured without step 0: .*; steps in .*: 1000$/,
      );
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
