import { join } from "node:path";
import { decodeValues, isFloatType } from "../../../lib/checkpoints/decode_values.ts";
import { openCheckpoint } from "../../../lib/checkpoints/open_checkpoint.ts";
import { safetensorsBytes } from "../../helpers/safetensors_bytes.ts";
import { filesOf, type Format, writeFiles } from "../format.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";
import type { Mutator } from "../mutators/mutator.ts";
import { inHeader } from "./safetensors.ts";

const config = {
  ...{ peft_type: "LORA", r: 1, lora_alpha: 2, use_rslora: false, fan_in_fan_out: false },
  ...{ rank_pattern: { x: 1 }, alpha_pattern: { "h.0.x": 3 }, init_lora_weights: true },
};

/** Headers of files of half-precision values whose tensors follow each other. */
function file(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array {
  let end = 0;
  const header = Object.entries(shapes).map(([name, shape]) => {
    const begin = end;
    end += 2 * shape.reduce((product, size) => product * size, 1);
    return [name, { dtype: "F16", shape, data_offsets: [begin, end] }];
  });
  return safetensorsBytes(Object.fromEntries(header), end);
}

const pair = { "h.0.x.lora_A.weight": [1, 2], "h.0.x.lora_B.weight": [3, 1] };
const norms = {
  "y.weight_g": [2, 1],
  "y.weight_v": [2, 3],
  "z.weight_g": [1, 2],
  "z.weight_v": [3, 2],
};

/** Damages text or, in a file of weights, its header. */
function anywhere(mutator: Mutator): Mutator {
  const header = inHeader(mutator);
  const changed: Mutator = (bytes, random) =>
    bytes[0] === 0x7b ? mutator(bytes, random) : header(bytes, random);
  Object.defineProperty(changed, "name", { value: mutator.name });
  return changed;
}

/** Low-rank adapters with their config, and pairs of weight norm. */
export const adapters: Format = {
  name: "adapters",
  mutators: jsonMutators.map(anywhere),
  names: /step7/,
  start: () => ({
    seeds: [
      filesOf({
        "step7/adapter_config.json": JSON.stringify(config),
        "step7/model.safetensors": file({ "h.0.x.weight": [3, 2], ...pair, ...norms }),
      }),
      filesOf({
        "step7/adapter_config.json": JSON.stringify(config),
        "step7/adapter_model.safetensors": file(pair),
        "base/model.safetensors": file({ "m.h.0.x.weight": [3, 2] }),
      }),
      filesOf({
        "step7/adapter_config.json": JSON.stringify({
          ...{ r: 1, lora_alpha: 2, enable_lora: [true, false, true] },
        }),
        "step7/model.safetensors": file({
          ...{ "qkv.weight": [6, 2], "qkv.lora_A": [2, 2], "qkv.lora_B": [4, 1] },
        }),
      }),
    ],
    damages: (path) => path.startsWith("step7/"),
    async open(files, folder) {
      await writeFiles(files, folder);
      const checkpoint = await openCheckpoint(join(folder, "step7"));
      for (const [name, { dtype }] of checkpoint.tensors) {
        if (isFloatType(dtype)) decodeValues(await checkpoint.read(name));
      }
      return checkpoint.tensors;
    },
  }),
};
