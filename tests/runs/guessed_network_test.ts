import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions, measure } from "../../mod.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { extractModel } from "../../lib/runs/store/extract_model.ts";
import { openModelNetworks } from "../../lib/runs/store/model_networks.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("a chain that is a guess says so: as a warning, in the record and in captions", () =>
  withFolder(async (folder) => {
    const model = join(folder, "policy"), step = join(model, "step0");
    await Deno.mkdir(step, { recursive: true });
    const matrix = (name: string, ...shape: [number, number]) => ({
      ...{ name, shape, dtype: "F32" as const },
      bytes: new Uint8Array(
        Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => 1 / (2 + i % 60)).buffer,
      ),
    });
    await writeSafetensors(join(step, "model.safetensors"), [
      matrix("body.layers.0.weight", 24, 12),
      matrix("action.weight", 16, 24),
    ]);
    const told: string[] = [];
    const onWarning = (warning: string) => void told.push(warning);
    const result = await measure(model, { samples: 2, onWarning });
    const guess =
      "its network is a guess by the shapes and the order of its tensors: a chain of 2 matrices";
    assert.deepEqual(result.record.notes, [guess]);
    assert.ok(result.made.includes(guess), result.made);
    assert.ok(told.some((warning) => warning.includes(guess)), told.join("; "));

    const store = join(folder, "networks");
    await extractModel(model, { options: analysisOptions({ samples: 2 }), store });
    const stored = await openModelNetworks("policy", analysisOptions({ samples: 2 }), store);
    assert.deepEqual([stored.run, stored.notes], [null, [guess]]);
  }));
