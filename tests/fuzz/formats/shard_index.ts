import { openWeights } from "../../../lib/checkpoints/open_weights.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { safetensorsBytes } from "../../helpers/safetensors_bytes.ts";
import { filesOf, type Format } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";

const name = "model.safetensors.index.json";
const shard = (tensor: string) =>
  safetensorsBytes({ [tensor]: { dtype: "F16", shape: [2], data_offsets: [0, 4] } }, 4);

/** The index of weights that are split into several files. */
export const shardIndex: Format = {
  name: "shard index",
  mutators: [...byteMutators, ...jsonMutators],
  names: /\/memory\//,
  start: () => ({
    seeds: [filesOf({
      [name]: JSON.stringify({
        metadata: { total_size: 8 },
        weight_map: { "h.0.weight": "model-1.safetensors", "h.1.weight": "model-2.safetensors" },
      }),
      "model-1.safetensors": shard("h.0.weight"),
      "model-2.safetensors": shard("h.1.weight"),
    })],
    damages: (path) => path === name,
    async open(files) {
      const weights = await openWeights(name, (file) => {
        const bytes = files.get(file);
        if (bytes) return Promise.resolve(recordedSource(bytes, `/memory/${file}`));
        return Promise.reject(new Error(`/memory/${file.slice(0, 99)} does not exist`));
      });
      for (const tensor of weights.tensors.keys()) await weights.read(tensor);
      return weights.tensors;
    },
  }),
};
