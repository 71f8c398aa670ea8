import assert from "node:assert/strict";
import { decodeValues, isFloatType } from "../../../lib/checkpoints/decode_values.ts";
import { PickleBytes } from "../../../lib/checkpoints/torch/pickle_bytes.ts";
import { readNamedPickle } from "../../../lib/checkpoints/torch/read_pickle.ts";
import { openTorchFile } from "../../../lib/checkpoints/torch/torch_file.ts";
import { torchTensors } from "../../../lib/checkpoints/torch/torch_tensors.ts";
import { entryBegins, zipEntries } from "../../../lib/checkpoints/torch/zip_entries.ts";
import { torchVariants } from "../../golden/torch_variants.ts";
import {
  joined,
  named,
  pickle,
  stateDict,
  storage,
  tensor,
  text,
  tuple,
} from "../../helpers/pickle_bytes.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { zipBytes } from "../../helpers/torch_bytes.ts";
import { type Format, oneFile } from "../format.ts";
import { byteMutators, spliced } from "../mutators/byte_mutators.ts";
import type { Mutator } from "../mutators/mutator.ts";

/** The instructions of a pickle that move values about, where damage leads furthest. */
const instructions = [
  ...[..."(01RQcbhjqrtuae]}).NKMJXBCios2"].map((letter) => letter.charCodeAt(0)),
  ...[0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x8a, 0x8b, 0x8d, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94],
];

/** Another instruction somewhere in the pickle, which is in front. */
export const otherInstruction: Mutator = function otherInstruction(bytes, random) {
  const changed = bytes.slice(), at = random.integer(0, Math.min(bytes.length, 1300));
  if (at < bytes.length) changed[at] = random.pick(instructions);
  return changed;
};

/** Some more instructions, once or very often. */
export const moreInstructions: Mutator = function moreInstructions(bytes, random) {
  const at = random.integer(0, Math.min(bytes.length, 1300));
  const some = Array.from({ length: random.integer(1, 4) }, () => random.pick(instructions));
  const times = random.pick([1, 1, 10, 3000]);
  return spliced(bytes, at, 0, Uint8Array.from(Array(times).fill(some).flat()));
};

/** Another byte in the file's end, where a zip file has its directory. */
export const otherEnd: Mutator = function otherEnd(bytes, random) {
  const changed = bytes.slice(), at = bytes.length - 1 - random.integer(0, 799);
  if (at >= 0) changed[at] = random.pick([0, 1, 2, 127, 128, 255]);
  return changed;
};

const source = "/memory/pytorch_model.bin";
const names = /^\/memory\/pytorch_model\.bin/;

/** Weights in the two forms of `torch.save`. */
export const [torchZip, torchLegacy] = (["zip", "legacy"] as const).map((form): Format => ({
  name: `torch ${form}`,
  mutators: [...byteMutators, otherInstruction, otherInstruction, moreInstructions, otherEnd],
  names,
  share: 2,
  start: () => ({
    seeds: [oneFile("pytorch_model.bin", torchVariants(form).bytes)],
    async open(files) {
      const bytes = files.get("pytorch_model.bin")!;
      const weights = await openTorchFile(recordedSource(bytes, source));
      for (const [name, { dtype, shape }] of weights.tensors) {
        if (!isFloatType(dtype)) continue;
        const stored = await weights.read(name);
        assert.equal(decodeValues(stored).length, shape.reduce((a, b) => a * b, 1));
        assert.ok(stored.bytes.length <= bytes.length, "a tensor has more bytes than the file");
      }
      return weights.tensors;
    },
  }),
})) as [Format, Format];

const parts = {
  a: tensor(storage("FloatStorage", "0", 6), { shape: [2, 3], strides: [3, 1] }),
  b: tensor(storage("HalfStorage", "1", 4), { shape: [4], strides: [1] }),
};

/** What training scripts save: a model among numbers, objects, lists and the state of an optimizer. */
const saved = stateDict({
  model: stateDict(parts),
  optimizer: joined("}(", text("state"), "}", text("param_groups"), "]u"),
  args: joined(named("argparse", "Namespace"), ")", 0x81, "}", text("lr"), "K", 1, "sb"),
  best: joined(named("numpy", "scalar"), "C", 2, "12", 0x85, "R"),
  seen: joined(0x8f, "(K", 1, 0x90),
  losses: tuple(parts.b, "K", 1),
});

/** A pickle by itself. */
export const pickleAlone: Format = {
  name: "pickle",
  mutators: [...byteMutators, otherInstruction, otherInstruction, moreInstructions],
  names,
  share: 2,
  fewest: 2000,
  start: () => ({
    seeds: [
      oneFile("data.pkl", pickle(stateDict(parts))),
      oneFile("data.pkl", pickle(saved)),
      oneFile("data.pkl", pickle(saved)),
    ],
    open(files) {
      const { value } = readNamedPickle(new PickleBytes(files.get("data.pkl")!), source);
      const { tensors, entry } = torchTensors(value, { source, size: 1000 });
      return [entry, ...tensors];
    },
  }),
};

/** The directory of a zip file. */
export const zipDirectory: Format = {
  name: "zip directory",
  mutators: [...byteMutators, otherEnd, otherEnd, otherEnd],
  names,
  async start() {
    const entries = {
      "archive/data.pkl": Uint8Array.of(0x80, 2, 0x7d, 0x2e),
      "archive/data/0": new Uint8Array(64),
      "archive/version": Uint8Array.of(0x33),
    };
    return {
      seeds: [
        oneFile("weights.zip", await zipBytes(entries)),
        oneFile("weights.zip", await zipBytes(entries, { zip64: true })),
        oneFile("weights.zip", await zipBytes(entries, { level: 6 })),
      ],
      async open(files) {
        const file = recordedSource(files.get("weights.zip")!, source);
        const found = [...(await zipEntries(file)).values()];
        return { found, begins: await entryBegins(file, found) };
      },
    };
  },
};
