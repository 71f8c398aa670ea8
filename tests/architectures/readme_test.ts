import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Architecture } from "../../lib/architectures/architecture.ts";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { layersOf, shapesOnly } from "./tiny_models.ts";

const room = new URL("../../lib/architectures/", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", room));

interface Opt {
  isOpt(checkpoint: Checkpoint): boolean;
  describeOpt(checkpoint: Checkpoint): Architecture;
}

Deno.test("the README's example of a family describes a checkpoint of it, in under 60 lines", () =>
  withFolder(async (folder) => {
    const [, example = assert.fail()] = /```ts ignore\n(.*?)```/s.exec(readme) ?? [];
    assert.ok(example.split("\n").length < 60);
    const path = join(folder, "opt.ts");
    const absolute = example.replaceAll(
      /from "(\.[^"]+)"/g,
      (_, to) => `from "${new URL(to, room)}"`,
    );
    await Deno.writeTextFile(path, absolute);
    const { isOpt, describeOpt }: Opt = await import(pathToFileURL(path).href);
    const block = "model.decoder.layers.0.";
    const checkpoint = shapesOnly({
      "model.decoder.embed_tokens.weight": [5, 4],
      ...Object.fromEntries(
        ["q", "k", "v", "out"].map((role) => [`${block}self_attn.${role}_proj.weight`, [4, 4]]),
      ),
      [`${block}fc1.weight`]: [10, 4],
      [`${block}fc2.weight`]: [4, 10],
    }, { model_type: "opt", ffn_dim: 10 });
    assert.ok(isOpt(checkpoint));
    const architecture = describeOpt(checkpoint);
    assert.deepEqual(layersOf(architecture), [
      "block 0 block input: 4",
      "block 0 query, key, value: 12",
      "block 0 attention output: 4",
      "block 0 feed-forward input: 4",
      "block 0 feed-forward hidden: 10",
      "block 0 block output: 4",
    ]);
    assert.deepEqual(architecture.matrices.map(({ first }) => first), [0, 4, 8, 0, 0, 0]);
  }));

Deno.test("the README names every family that is known, and each file is there", async () => {
  const { message } = await import("../../lib/architectures/detect.ts").then(
    ({ detectArchitecture }) => detectArchitecture(shapesOnly({})),
  ).catch((error) => error as Error) as Error;
  const known = /known: ([^;]*);/.exec(message)![1]!.split(", ");
  const rows = [...readme.matchAll(/^\| `(\w+)` *\| `(\w+\.ts)`/gm)];
  assert.deepEqual(rows.map(([, family]) => family!).toSorted(), known.toSorted());
  for (const [, , file] of rows) assert.ok((await Deno.stat(new URL(file!, room))).isFile);
});
