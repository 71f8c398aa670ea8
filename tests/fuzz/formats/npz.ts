import { decodeValues, isFloatType } from "../../../lib/checkpoints/decode_values.ts";
import { openNpz } from "../../../lib/checkpoints/npz_file.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { zipBytes } from "../../helpers/torch_bytes.ts";
import { dump } from "npyjs";
import { type Format, oneFile } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { otherEnd } from "./torch.ts";

/** Arrays of NumPy, stored as they are and compressed. */
export const [npz, npzCompressed] = ([0, 6] as const).map((level): Format => ({
  name: level === 0 ? "npz" : "npz compressed",
  mutators: [...byteMutators, ...byteMutators, otherEnd],
  names: /^\/memory\/model\.npz/,
  share: 2,
  fewest: 2000,
  async start() {
    const array = (values: Float32Array | Float64Array, shape: number[]) =>
      new Uint8Array(dump(values, shape));
    const arrays = {
      "w.npy": array(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
      "b.npy": array(Float64Array.of(1, 2), [2]),
    };
    return {
      seeds: [
        oneFile("model.npz", await zipBytes(arrays, { level })),
        oneFile("model.npz", await zipBytes(arrays, { level, zip64: true })),
      ],
      async open(files) {
        const bytes = files.get("model.npz")!;
        const weights = await openNpz(recordedSource(bytes, "/memory/model.npz"));
        for (const [name, { dtype }] of weights.tensors) {
          // Damage may make any number of a sound file, NaN too.
          if (isFloatType(dtype)) decodeValues(await weights.read(name));
        }
        return weights.tensors;
      },
    };
  },
})) as [Format, Format];
