import { decodeValues, isFloatType } from "../../../lib/checkpoints/decode_values.ts";
import { openGguf } from "../../../lib/checkpoints/gguf_file.ts";
import { ggufBytes } from "../../helpers/gguf_bytes.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { type Format, oneFile } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";

/** Weights of llama.cpp. */
export const gguf: Format = {
  name: "gguf",
  mutators: [...byteMutators],
  names: /^\/memory\/model\.gguf/,
  share: 2,
  fewest: 2000,
  start: () => ({
    seeds: [oneFile(
      "model.gguf",
      ggufBytes([
        { name: "a", type: 8, sizes: [32, 2], bytes: new Uint8Array(68) },
        { name: "b", type: 1, sizes: [3, 2], bytes: new Uint8Array(12) },
        { name: "c", type: 0, sizes: [2], bytes: new Uint8Array(8) },
      ]),
    )],
    async open(files) {
      const file = recordedSource(files.get("model.gguf")!, "/memory/model.gguf");
      const weights = await openGguf(file);
      for (const [name, { dtype }] of weights.tensors) {
        if (isFloatType(dtype)) decodeValues(await weights.read(name));
      }
      return weights.tensors;
    },
  }),
};
