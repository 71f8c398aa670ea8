import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { countWeights } from "../../lib/checkpoints/count_weights.ts";
import { openLocalFile } from "../../lib/checkpoints/local_file.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { openSafetensors } from "../../lib/checkpoints/safetensors_file.ts";
import { type TensorBytes, writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { syntheticCheckpoint } from "../golden/synthetic_checkpoint.ts";
import { openTestRun } from "../helpers/hub_run.ts";
import { servedFolder, serveHub } from "../helpers/hub_server.ts";
import { torchLegacyBytes, type TorchTensorBytes, torchZipBytes } from "../helpers/torch_bytes.ts";
import { withFolder } from "../helpers/with_folder.ts";

const step = 143000;

/** What old files hold beside the weights: causal masks as bytes and as truth values, and a scalar. */
const buffers: readonly TorchTensorBytes[] = [
  {
    name: "gpt_neox.layers.0.attention.bias",
    dtype: "U8",
    shape: [1, 1, 4, 4],
    bytes: new Uint8Array(16),
  },
  {
    name: "gpt_neox.layers.1.attention.bias",
    dtype: "BOOL",
    shape: [1, 1, 4, 4],
    bytes: new Uint8Array(16),
  },
  {
    name: "gpt_neox.layers.0.attention.masked_bias",
    dtype: "F32",
    shape: [],
    bytes: new Uint8Array(4),
  },
];

/** Writes the same tensors into a folder, in each of the formats. */
const formats: Record<string, (folder: string, tensors: TensorBytes[]) => Promise<void>> = {
  "safetensors": (folder, tensors) => writeSafetensors(join(folder, "model.safetensors"), tensors),
  "sharded safetensors": (folder, tensors) =>
    sharded(folder, "model", "safetensors", tensors, writeSafetensors),
  "torch's zip form": async (folder, tensors) =>
    await Deno.writeFile(
      join(folder, "pytorch_model.bin"),
      await torchZipBytes([...buffers, ...tensors]),
    ),
  "torch's legacy form": (folder, tensors) =>
    Deno.writeFile(join(folder, "pytorch_model.bin"), torchLegacyBytes([...tensors, ...buffers])),
  "sharded torch files": (folder, tensors) =>
    sharded(
      folder,
      "pytorch_model",
      "bin",
      tensors,
      async (path, part) => await Deno.writeFile(path, await torchZipBytes(part)),
    ),
};

async function sharded(
  folder: string,
  stem: string,
  extension: string,
  tensors: TensorBytes[],
  write: (path: string, tensors: TensorBytes[]) => Promise<void>,
) {
  const weight_map: Record<string, string> = {};
  for (let i = 0; i < 3; i++) {
    const part = tensors.filter((_, j) => j % 3 === i);
    const file = `${stem}-0000${i + 1}-of-00003.${extension}`;
    await write(join(folder, file), part);
    for (const { name } of part) weight_map[name] = file;
  }
  const index = JSON.stringify({ metadata: {}, weight_map });
  await Deno.writeTextFile(join(folder, `${stem}.${extension}.index.json`), index);
}

async function network(run: CheckpointRun) {
  const samples = await Array.fromAsync(sampleNetworks(run, { samples: 1 }));
  assert.equal(samples.length, 1);
  return samples[0]!.network;
}

for (const [format, write] of Object.entries(formats)) {
  Deno.test(`the weights give the same network, bit for bit, from ${format}, in a folder and on the hub`, () =>
    withFolder(async (folder) => {
      const golden = await syntheticCheckpoint("pythia-14m", step);
      const file = await openSafetensors(openLocalFile(join(golden, "model.safetensors")));
      const tensors = await Promise.all(
        [...file.tensors.keys()].map(async (name) => ({ name, ...await file.read(name) })),
      );
      const own = join(folder, `step${step}`);
      await Deno.mkdir(own);
      await Deno.copyFile(join(golden, "config.json"), join(own, "config.json"));
      await write(own, tensors);
      const checkpoint = await (await openRun(own)).checkpoint(step);
      for (const { name, shape, bytes } of tensors) {
        const read = await checkpoint.read(name);
        assert.deepEqual(read.shape, shape, name);
        assert.ok(Buffer.from(read.bytes).equals(bytes), name);
      }
      assert.equal(countWeights(checkpoint.tensors), countWeights(file.tensors));
      assert.match(await checkpoint.digest(), /^[0-9a-f]{64}$/);
      const expected = await network(await openRun(golden));
      assert.deepEqual(await network(await openRun(folder)), expected);
      await using hub = serveHub("toys/toy", {
        main: {},
        [`step${step}`]: await servedFolder(own),
      });
      const far = await openTestRun(hub, "hf:toys/toy", join(folder, "cache"));
      assert.deepEqual(far.steps, [step]);
      assert.deepEqual(await network(far), expected);
    }));
}
