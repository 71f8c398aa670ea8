import assert from "node:assert/strict";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { bytesPerValue, isFloatType } from "../../lib/checkpoints/dtypes.ts";
import { openSafetensors } from "../../lib/checkpoints/safetensors_file.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";
import { type Below, fuzz, mutations, nastyTexts } from "./fuzz.ts";

const header = JSON.stringify({
  __metadata__: { format: "pt" },
  "h.0.weight": { dtype: "F16", shape: [4, 3], data_offsets: [0, 24] },
  "h.0.bias": { dtype: "F32", shape: [4], data_offsets: [24, 40] },
  mask: { dtype: "U8", shape: [2, 1, 3], data_offsets: [40, 46] },
  scale: { dtype: "BF16", shape: [], data_offsets: [46, 48] },
});

/** The original with one of the header's numbers replaced, or a tensor's place moved. */
function withOtherNumber(bytes: Uint8Array, below: Below): Uint8Array {
  const moves = below(2) === 0;
  const matches = [...header.matchAll(moves ? /(?<="data_offsets":\[)\d+,\d+/g : /\d+(?=[,\]])/g)];
  const { index, 0: found } = matches[below(matches.length)]!;
  const shift = below(9) - 4;
  const moved = found.split(",").map((offset) => Math.max(0, Number(offset) + shift)).join();
  const other = moves ? moved : [String(below(50)), nastyTexts[below(6)]!][below(2)]!;
  const text = header.slice(0, index) + other + header.slice(index + found.length);
  return safetensorsBytes(text, Math.max(0, bytes.length - 8 - header.length));
}

function withOtherHeaderLength(bytes: Uint8Array, below: Below): Uint8Array {
  const changed = bytes.slice();
  if (bytes.length >= 8) changed[below(8)] = [0, 1, 127, 128, 255][below(5)]!;
  return changed;
}

Deno.test(`${mutations} damaged safetensors files end in values or in a clear error`, async () => {
  const source = "/memory/model.safetensors";
  const { readable, reasons } = await fuzz({
    original: safetensorsBytes(header, 48),
    source,
    seed: 20250101,
    own: [withOtherNumber, withOtherHeaderLength],
    async read(bytes) {
      const file = await openSafetensors(recordedSource(bytes, source));
      let total = 0;
      for (const [name, { dtype, shape }] of file.tensors) {
        total += shape.reduce((product, size) => product * size, bytesPerValue.get(dtype)!);
        if (isFloatType(dtype)) decodeValues(await file.read(name));
      }
      return total;
    },
  });
  assert.ok(readable > 20 && readable < mutations / 2, `${readable} were readable`);
  assert.ok(reasons.size >= 12, `only these errors were met:\n${[...reasons].join("\n")}`);
});
