import { decodeValues, isFloatType } from "../../../lib/checkpoints/decode_values.ts";
import { PickleBytes } from "../../../lib/checkpoints/torch/pickle_bytes.ts";
import { readNamedPickle } from "../../../lib/checkpoints/torch/read_pickle.ts";
import { openTorchFile } from "../../../lib/checkpoints/torch/torch_file.ts";
import { torchTensors } from "../../../lib/checkpoints/torch/torch_tensors.ts";
import {
  dictionary,
  joined,
  named,
  object,
  pickle,
  storage,
  tensor,
  text,
  tuple,
  wholeModule,
} from "../../helpers/pickle_bytes.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { torchZipBytes, zipBytes } from "../../helpers/torch_bytes.ts";
import { type Format, oneFile } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { moreInstructions, otherEnd, otherInstruction } from "./torch.ts";

const source = "/memory/model.pt", names = /^\/memory\/model\.pt/;

const weight = tensor(storage("FloatStorage", "0", 6), { shape: [2, 3], strides: [3, 1] });
const linear = wholeModule({ parameters: { weight, bias: joined("N") } });
const net = wholeModule({
  buffers: { scale: weight, mask: weight },
  unsaved: ["mask"],
  modules: { a: joined(linear, "q", 7), b: joined("h", 7), drop: joined("N") },
});

/** Modules saved whole, on top and among other entries. */
export const wholeModules: Format = {
  name: "whole modules",
  mutators: [...byteMutators, otherInstruction, otherInstruction, moreInstructions],
  names,
  fewest: 2000,
  start: () => ({
    seeds: [
      oneFile("data.pkl", pickle(net)),
      oneFile("data.pkl", pickle(dictionary({ epoch: joined("K", 1), model: net }))),
    ],
    open(files) {
      const { value } = readNamedPickle(new PickleBytes(files.get("data.pkl")!), source);
      const { tensors, entry } = torchTensors(value, { source, size: 1000 });
      return [entry, ...tensors];
    },
  }),
};

const script = object(["__torch__.policy", "Policy"], {
  training: joined(0x88),
  names: joined(named("torch.jit._pickle", "restore_type_tag"), "](", text("a"), "e", 0x85, "R"),
  actor: object(["__torch__.torch.nn.modules.linear", "Linear"], { weight, bias: joined("N") }),
});

async function readAll(bytes: Uint8Array) {
  const weights = await openTorchFile(recordedSource(bytes, source));
  for (const [name, { dtype }] of weights.tensors) {
    if (isFloatType(dtype)) decodeValues(await weights.read(name));
  }
  return weights.tensors;
}

/** Programs of TorchScript. */
export const torchScript: Format = {
  name: "TorchScript",
  mutators: [...byteMutators, otherInstruction, moreInstructions, otherEnd],
  names,
  fewest: 2000,
  start: async () => ({
    seeds: [
      oneFile(
        "model.pt",
        await zipBytes({
          "net/data.pkl": pickle(script),
          "net/data/0": new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6]).buffer),
          "net/constants.pkl": pickle(tuple("K", 1)),
          "net/code/__torch__/policy.py": joined("class Policy"),
        }),
      ),
    ],
    open: (files) => readAll(files.get("model.pt")!),
  }),
};

/** Files of stable-baselines3 with a policy inside. */
export const stableBaselines: Format = {
  name: "stable-baselines3",
  mutators: [...byteMutators, otherEnd, otherEnd],
  names,
  fewest: 2000,
  async start() {
    const bytes = new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6]).buffer);
    const policy = await torchZipBytes([{ name: "w", dtype: "F32", shape: [2, 3], bytes }]);
    const zip = await zipBytes({
      "data": joined("{}"),
      "policy.pth": policy,
      "_stable_baselines3_version": joined("2.3.2"),
    });
    return {
      seeds: [oneFile("model.pt", zip)],
      open: (files) => readAll(files.get("model.pt")!),
    };
  },
};
