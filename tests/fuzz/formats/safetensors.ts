import assert from "node:assert/strict";
import {
  bytesPerValue,
  decodeValues,
  isFloatType,
} from "../../../lib/checkpoints/decode_values.ts";
import { openSafetensors } from "../../../lib/checkpoints/safetensors_file.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { safetensorsBytes } from "../../helpers/safetensors_bytes.ts";
import { type Format, oneFile } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";
import type { Mutator } from "../mutators/mutator.ts";

const header = {
  __metadata__: { format: "pt" },
  "h.0.weight": { dtype: "F16", shape: [4, 3], data_offsets: [0, 24] },
  "h.0.bias": { dtype: "F32", shape: [4], data_offsets: [24, 40] },
  mask: { dtype: "U8", shape: [2, 1, 3], data_offsets: [40, 46] },
  scale: { dtype: "BF16", shape: [], data_offsets: [46, 48] },
};

/** A mutator of JSON that works on the header, whose length fits again. */
export function inHeader(mutator: Mutator): Mutator {
  const changed: Mutator = (bytes, random) => {
    if (bytes.length < 8) return bytes;
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const text = mutator(bytes.slice(8, 8 + length), random);
    return safetensorsBytes(new TextDecoder().decode(text), bytes.slice(8 + length));
  };
  Object.defineProperty(changed, "name", { value: `${mutator.name} of the header` });
  return changed;
}

/** Moves where a tensor begins and ends. */
const moveTensor = inHeader(function moveTensor(bytes, random) {
  const text = new TextDecoder().decode(bytes);
  const places = [...text.matchAll(/(?<="data_offsets":\[)\d+,\d+/g)];
  if (places.length === 0) return bytes;
  const { index, 0: found } = random.pick(places);
  const shift = random.integer(-4, 4);
  const moved = found.split(",").map((offset) => Math.max(0, Number(offset) + shift)).join();
  return new TextEncoder().encode(text.slice(0, index) + moved + text.slice(index + found.length));
});

/** Weights in a safetensors file. */
export const safetensors: Format = {
  name: "safetensors",
  mutators: [...byteMutators, ...jsonMutators.map(inHeader), moveTensor, moveTensor],
  names: /^\/memory\/model\.safetensors/,
  share: 2,
  start: () => ({
    seeds: [oneFile("model.safetensors", safetensorsBytes(header, 48))],
    async open(files) {
      const bytes = files.get("model.safetensors")!;
      const file = await openSafetensors(recordedSource(bytes, "/memory/model.safetensors"));
      let total = 0;
      for (const [name, { dtype, shape }] of file.tensors) {
        total += shape.reduce((product, size) => product * size, bytesPerValue.get(dtype)!);
        if (isFloatType(dtype)) decodeValues(await file.read(name));
      }
      assert.ok(total <= bytes.length, "the file gave more values than it has bytes");
      return file.tensors;
    },
  }),
};
