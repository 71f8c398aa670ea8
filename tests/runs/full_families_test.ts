/** Full networks of three families in two forms of file, beside a calculation in plain NumPy (golden/full_families.py). */

import assert from "node:assert/strict";
import { join } from "node:path";
import { measure } from "../../mod.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { torchZipBytes } from "../helpers/torch_bytes.ts";
import { withFolder } from "../helpers/with_folder.ts";
import expected from "../golden/full_families.json" with { type: "json" };

const BLOCKS = 2, HIDDEN = 24, INNER = 64;

/** The matrices of a block in the order that the calculation numbers them. */
const families: Record<keyof typeof expected, [block: string, Record<string, [number, number]>]> = {
  gpt2: ["h.", {
    "attn.c_attn.weight": [HIDDEN, 3 * HIDDEN],
    "attn.c_proj.weight": [HIDDEN, HIDDEN],
    "mlp.c_fc.weight": [HIDDEN, INNER],
    "mlp.c_proj.weight": [INNER, HIDDEN],
  }],
  bert: ["encoder.layer.", {
    "attention.self.query.weight": [HIDDEN, HIDDEN],
    "attention.self.key.weight": [HIDDEN, HIDDEN],
    "attention.self.value.weight": [HIDDEN, HIDDEN],
    "attention.output.dense.weight": [HIDDEN, HIDDEN],
    "intermediate.dense.weight": [INNER, HIDDEN],
    "output.dense.weight": [HIDDEN, INNER],
  }],
  llama: ["model.layers.", {
    "self_attn.q_proj.weight": [HIDDEN, HIDDEN],
    "self_attn.k_proj.weight": [HIDDEN / 2, HIDDEN],
    "self_attn.v_proj.weight": [HIDDEN / 2, HIDDEN],
    "self_attn.o_proj.weight": [HIDDEN, HIDDEN],
    "mlp.gate_proj.weight": [INNER, HIDDEN],
    "mlp.up_proj.weight": [INNER, HIDDEN],
    "mlp.down_proj.weight": [HIDDEN, INNER],
  }],
};

/** Weights from whole numbers, the same in every language. */
function weights(number: number, step: number, count: number): Float32Array {
  const scale = 60_000 / (1 + step * (1 + number % 3) / 2000);
  return Float32Array.from({ length: count }, (_, k) => {
    const mixed = k * (7919 + 2 * number) + 104_729 * (number + 1) + 31 * step * k * k;
    return (mixed % 10_007 - 5003) / scale;
  });
}

function tensorsOf(family: keyof typeof expected, step: number) {
  const [start, matrices] = families[family];
  return Array.from({ length: BLOCKS }, () => Object.entries(matrices)).flatMap(
    (entries, block) =>
      entries.map(([name, shape], i) => ({
        name: `${start}${block}.${name}`,
        shape,
        values: weights(block * entries.length + i, step, shape[0] * shape[1]),
      })),
  );
}

async function writeStep(
  folder: string,
  form: "safetensors" | "torch",
  tensors: ReturnType<typeof tensorsOf>,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const config = { num_attention_heads: 4, num_key_value_heads: 2 };
  await Deno.writeTextFile(join(folder, "config.json"), JSON.stringify(config));
  const stored = tensors.map(({ name, shape, values }) => ({
    ...{ name, shape, dtype: "F32" as const },
    bytes: new Uint8Array(values.buffer as ArrayBuffer),
  }));
  if (form === "torch") {
    await Deno.writeFile(join(folder, "pytorch_model.bin"), await torchZipBytes(stored));
  } else await writeSafetensors(join(folder, "model.safetensors"), stored);
}

for (const form of ["safetensors", "torch"] as const) {
  for (const [family, numpy] of Object.entries(expected)) {
    Deno.test(`E of a full ${family} network in ${form} is NumPy's`, () =>
      withFolder(async (folder) => {
        const model = join(folder, family);
        for (const step of [0, 1000]) {
          const tensors = tensorsOf(family as keyof typeof expected, step);
          await writeStep(join(model, `step${step}`), form, tensors);
        }
        const { rows } = await measure(model, { network: "full", allowUnrelated: true });
        const [untrained, trained] = rows;
        const pairs = [
          [untrained!.alpha0, numpy.untrained[0]],
          [untrained!.width, numpy.untrained[1]],
          [trained!.alpha0, numpy.alpha0],
          [trained!.width, numpy.width],
          [trained!.E, numpy.E],
        ];
        for (const [value, there] of pairs) {
          assert.ok(Math.abs(value! - there!) < 1e-10, `${value}, and by NumPy ${there}`);
        }
      }));
  }
}
