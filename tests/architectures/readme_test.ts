import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Architecture } from "../../lib/architectures/architecture.ts";
import { families } from "../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { layersOf, shapesOnly } from "./tiny_models.ts";

const room = new URL("../../lib/architectures/", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", room));

interface Detect {
  detectArchitecture(checkpoint: Checkpoint): Architecture;
}

/** Copy the room's modules, with what they import from other rooms taken from where it is. */
async function copyRoom(folder: string, place = ""): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(new URL(`./${place}`, room))) {
    if (!isFile) await copyRoom(folder, `${place}${name}/`);
    else if (name.endsWith(".ts")) {
      const source = new URL(`./${place}${name}`, room);
      const text = await Deno.readTextFile(source);
      const path = join(folder, place, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeTextFile(
        path,
        text.replaceAll(/from "(\.[^"]+)"/g, (all, to) => {
          const { href } = new URL(to, source);
          return href.startsWith(room.href) ? all : `from "${href}"`;
        }),
      );
    }
  }
}

Deno.test("a family is added by the README's text: one file under 60 lines, and one line", () =>
  withFolder(async (folder) => {
    const [line, file] = [...readme.matchAll(/```ts ignore\n(.*?)```/gs)].map(([, text]) => text!);
    assert.equal(line!.trim().split("\n").length, 1);
    assert.ok(file!.split("\n").length < 60);
    await copyRoom(folder);
    await Deno.writeTextFile(join(folder, "families", "gpt_neo.ts"), file!);
    await Deno.writeTextFile(join(folder, "families.ts"), line!, { append: true });
    const { detectArchitecture }: Detect = await import(
      pathToFileURL(join(folder, "detect.ts")).href
    );
    const block = "transformer.h.0.";
    const architecture = detectArchitecture(shapesOnly({
      "transformer.wte.weight": [5, 4],
      ...Object.fromEntries(
        ["q", "k", "v", "out"].map((role) => [
          `${block}attn.attention.${role}_proj.weight`,
          [4, 4],
        ]),
      ),
      [`${block}attn.attention.bias`]: [1, 1, 7, 7],
      [`${block}mlp.c_fc.weight`]: [10, 4],
      [`${block}mlp.c_proj.weight`]: [4, 10],
    }, { model_type: "gpt_neo", intermediate_size: 10 }));
    assert.equal(architecture.family, "gpt_neo");
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

Deno.test("the README names every family that is known, and each file is there, under 60 lines", async () => {
  const rows = [...readme.matchAll(/^\| `(\w+)` *\| `([\w/]+\.ts)`/gm)];
  const known = new Set(families.map(({ family }) => family));
  assert.deepEqual(rows.map(([, family]) => family!).toSorted(), [...known].toSorted());
  for (const [, , file] of rows) {
    const text = await Deno.readTextFile(new URL(file!, room));
    assert.ok(text.split("\n").length < 60, `${file}`);
  }
});
