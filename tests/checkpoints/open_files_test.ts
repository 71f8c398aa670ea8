import assert from "node:assert/strict";
import { openCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { openFile, openFiles } from "../../lib/checkpoints/open_files.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { listFiles } from "../../lib/files/list_files.ts";
import { modelScores } from "../../lib/runs/model_scores.ts";
import { runScores } from "../../lib/scores/run_scores.ts";
import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";

const suite = "data/suite/nano-32";

/** The files of a folder as a page has them. */
async function filesOf(folder: string, name: string) {
  return await Promise.all((await listFiles(folder)).map(async (path) => ({
    path: `${name}/${path}`,
    data: new Blob([await Deno.readFile(`${folder}/${path}`)]),
  })));
}

/** What two runs of the same checkpoints have in common. */
async function contentOf(run: CheckpointRun) {
  const { model, steps } = run;
  const checkpoint = await run.checkpoint(steps.at(-1)!);
  const { step, config, tensors } = checkpoint;
  const [name] = [...tensors].find(([, { shape }]) => shape.length === 2)!;
  const rows = await checkpoint.read(name, [{ start: 3, end: 5 }, { start: 0, end: 1 }]);
  return { model, steps, step, config, tensors, rows, digest: await checkpoint.digest() };
}

/** The message that opening something ends in. */
async function refusal(opening: Promise<unknown>): Promise<string> {
  return await opening.then(() => "no error", ({ message }) => message);
}

Deno.test("openFiles() opens the files of a folder as the run that openRun() opens the folder as", async () => {
  const files = await filesOf(suite, "nano-32");
  const run = await openFiles(files), onDisk = await openRun("suite:nano-32");
  assert.deepEqual(await contentOf(run), await contentOf(onDisk));
  assert.deepEqual(await runScores(run), await modelScores(onDisk));
});

Deno.test("openFiles() opens a single checkpoint's folder, a single file and files of steps as openRun() does", () =>
  withFolder(async (folder) => {
    const bytes = safetensorsBytes(
      { w: { dtype: "F32", shape: [6, 2], data_offsets: [0, 48] } },
      48,
    );
    const layouts = [
      ["toy/step512/model.safetensors", "toy/step512/config.json"],
      ["toy/model.safetensors"],
      ["toy/step1.safetensors", "toy/step20.safetensors"],
      ["toy/epoch_3.safetensors"],
    ];
    for (const [i, paths] of layouts.entries()) {
      for (const path of paths) {
        await Deno.mkdir(`${folder}/${i}/${path.replace(/\/[^/]*$/, "")}`, { recursive: true });
        await Deno.writeFile(
          `${folder}/${i}/${path}`,
          path.endsWith(".json") ? new TextEncoder().encode("{}") : bytes,
        );
      }
      const files = await filesOf(`${folder}/${i}/toy`, "toy");
      const onDisk = await contentOf(await openRun(`${folder}/${i}/toy`));
      assert.deepEqual(await contentOf(await openFiles(files)), onDisk, paths.join());
    }
    const run = await openFiles([{ path: "resnet50_step7.safetensors", data: bytes }]);
    assert.deepEqual([run.model, run.steps], ["resnet50", [7]]);
  }));

Deno.test("openFiles() refuses what openRun() refuses, in the same words", () =>
  withFolder(async (folder) => {
    const bytes = safetensorsBytes(
      { w: { dtype: "F32", shape: [6, 2], data_offsets: [0, 48] } },
      48,
    );
    const faults: Record<string, Uint8Array>[] = [
      { "notes.txt": bytes },
      { "step1/notes.txt": bytes },
      { "step1": bytes, "step2/model.safetensors": bytes },
      { "model.safetensors": bytes.slice(0, 20) },
      { "model.safetensors": new TextEncoder().encode("<!doctype html><html>") },
      { "a.safetensors": bytes, "b.safetensors": bytes },
      { "step1/model.safetensors": bytes, "step1/config.json": new TextEncoder().encode("[1]") },
      { "step1/model.safetensors": bytes, "global_step1/model.safetensors": bytes },
      {
        "model.safetensors.index.json": new TextEncoder().encode(
          '{"weight_map":{"w":"x.safetensors"}}',
        ),
      },
    ];
    for (const [i, files] of faults.entries()) {
      const toy = `${folder}/${i}/toy`;
      for (const [path, data] of Object.entries(files)) {
        await Deno.mkdir(`${toy}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
        await Deno.writeFile(`${toy}/${path}`, data);
      }
      const open = async (run: Promise<CheckpointRun>) =>
        (await run).checkpoint((await run).steps[0]!);
      const message = await refusal(open(openRun(toy)));
      assert.notEqual(message, "no error");
      assert.equal(
        await refusal(open(openFiles(await filesOf(toy, "toy")))),
        message.replaceAll(toy, "toy"),
      );
    }
  }));

Deno.test("openFiles() refuses no files, paths that lead out, and two files of one path", async () => {
  const data = new Uint8Array(8);
  assert.match(await refusal(openFiles([])), /^there are no files; pass/);
  assert.match(
    await refusal(openFiles([{ path: "a/../../b", data }])),
    /"a\/..\/..\/b" is no path/,
  );
  assert.match(
    await refusal(openFiles([{ path: "a/b", data }, { path: "a/b/c", data }])),
    /^a\/b\/c is the path of two files/,
  );
  assert.match(
    // deno-lint-ignore no-explicit-any
    await refusal(openFiles([{ path: "a.pt", data: "text" as any }])),
    /^the data of "a.pt" is "text"; pass a Blob/,
  );
});

Deno.test("openFile() opens bytes, buffers and blobs as openCheckpoint() opens the file", async () => {
  const path = `${suite}/step0/model.safetensors`, bytes = await Deno.readFile(path);
  const onDisk = await openCheckpoint(path);
  const named = new File([bytes], "nano-32_step0.safetensors");
  for (const data of [bytes, bytes.buffer, new Blob([bytes]), named]) {
    const checkpoint = await openFile(data);
    assert.equal(await checkpoint.digest(), await onDisk.digest());
    assert.deepEqual(checkpoint.tensors, onDisk.tensors);
    assert.equal(checkpoint.model, data === named ? "nano-32" : "model");
  }
});

Deno.test("a blob whose file was changed since is refused with a sentence", async () => {
  const blob = new Blob([new Uint8Array(64)]);
  blob.slice = () => {
    throw new DOMException("gone", "NotReadableError");
  };
  assert.equal(
    await refusal(openFile(blob, { name: "a.safetensors" })),
    "a.safetensors cannot be read (NotReadableError): it was changed, moved or removed after it was opened; open it again",
  );
});
