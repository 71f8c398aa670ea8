import assert from "node:assert/strict";
import { join } from "node:path";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openLocalFile } from "../../../lib/checkpoints/local_file.ts";
import { openSafetensors } from "../../../lib/checkpoints/safetensors_file.ts";
import { huggingFaceConfig } from "../../../lib/suite/model/config.ts";
import { initialParameters } from "../../../lib/suite/model/parameters.ts";
import { inHalfPrecision, saveCheckpoint } from "../../../lib/suite/training/save_checkpoint.ts";
import { tinyRecipe } from "./tiny_recipe.ts";

Deno.test("half precision rounds to the nearest of its numbers and leaves the original alone", () => {
  const parameters = new Map([["w", {
    shape: [5],
    values: Float32Array.of(0.5, 0.1, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 1e-9),
  }]]);
  const { shape, values } = inHalfPrecision(parameters).get("w")!;
  assert.deepEqual(shape, [5]);
  // Ties go to the even neighbour; what is too small vanishes.
  assert.deepEqual(values, Float32Array.of(0.5, 0.0999755859375, 1, 1 + 2 ** -9, 0));
  assert.equal(parameters.get("w")!.values[1], Math.fround(0.1));
});

Deno.test("a checkpoint holds config.json and every parameter in half precision, and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const parameters = initialParameters(tinyRecipe.config, 3);
    await saveCheckpoint(folder, huggingFaceConfig(tinyRecipe.config), 12, parameters);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["step12"]);
    const step = join(folder, "step12");
    assert.deepEqual(
      [...Deno.readDirSync(step)].map(({ name }) => name).sort(),
      ["config.json", "model.safetensors"],
    );
    const config = await Deno.readTextFile(join(step, "config.json"));
    assert.deepEqual(JSON.parse(config), huggingFaceConfig(tinyRecipe.config));
    assert.ok(config.endsWith("}\n"));
    const file = await openSafetensors(openLocalFile(join(step, "model.safetensors")));
    assert.deepEqual([...file.tensors.keys()].sort(), [...parameters.keys()].sort());
    for (const [name, { shape, values }] of inHalfPrecision(parameters)) {
      const stored = await file.read(name);
      assert.equal(stored.dtype, "F16");
      assert.deepEqual(stored.shape, shape);
      assert.deepEqual(Float32Array.from(decodeValues(stored)), values);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
