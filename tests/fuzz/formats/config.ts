import { join } from "node:path";
import { openLocalFile } from "../../../lib/checkpoints/local_file.ts";
import { readConfigFrom } from "../../../lib/checkpoints/read_config.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";
import { everyEdgeOf, families } from "../../networks/small_families.ts";
import { type Format, oneFile, writeFiles } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";

/** What the config of each family tells, in which its tensors are recognised. */
const configs = {
  gpt_neox: {
    ...{ architectures: ["GPTNeoXForCausalLM"], model_type: "gpt_neox", hidden_size: 16 },
    ...{ intermediate_size: 300, num_attention_heads: 4, num_hidden_layers: 1 },
  },
  llama: {
    ...{ architectures: ["LlamaForCausalLM"], model_type: "llama", hidden_size: 12, head_dim: 4 },
    ...{ num_attention_heads: 4, num_key_value_heads: 2, intermediate_size: 24 },
  },
  gpt2: { model_type: "gpt2", n_embd: 16, n_head: 4, n_layer: 1, n_inner: null },
  resnet: { model_type: "resnet", depths: [1, 1], hidden_sizes: [16, 24] },
} as const;

/** The `config.json` of a checkpoint. */
export const config: Format = {
  name: "config",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators],
  names: /step7/,
  start: () => ({
    seeds: Object.entries(configs).map(([family, config]) =>
      oneFile(`${family}/step7/config.json`, JSON.stringify(config))
    ),
    async open(files, folder) {
      await writeFiles(files, folder);
      const [path] = [...files.keys()];
      const [shapes] = families[path!.split("/")[0] as keyof typeof families];
      const source = join(folder, path!, "..");
      const read = await readConfigFrom(openLocalFile(join(folder, path!)));
      const network = await everyEdgeOf({ ...memoryCheckpoint(shapes, "F32", read), source });
      return [network.nodeIds.length, network.lengths.length];
    },
  }),
};
