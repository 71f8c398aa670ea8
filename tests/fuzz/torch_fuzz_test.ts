import assert from "node:assert/strict";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { isFloatType } from "../../lib/checkpoints/dtypes.ts";
import { openTorchFile } from "../../lib/checkpoints/torch/torch_file.ts";
import { torchVariants } from "../golden/torch_variants.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { type Below, fuzz, mutations } from "./fuzz.ts";

/** The instructions of a pickle that move values about, where damage leads furthest. */
const instructions = [..."(0RQcbhjqrtuae]}).NKMJXio"].map((letter) => letter.charCodeAt(0)).concat([
  0x80,
  0x81,
  0x85,
  0x86,
  0x87,
  0x88,
  0x8a,
  0x8b,
  0x8d,
  0x93,
  0x94,
]);

/** Another instruction or number somewhere in the pickle, which is in front. */
function otherInstruction(bytes: Uint8Array, below: Below): Uint8Array {
  const changed = bytes.slice(), at = below(Math.min(bytes.length, 1300) + 1);
  if (at < bytes.length) changed[at] = instructions[below(instructions.length)]!;
  return changed;
}

/** Another byte in the file's end, where a zip file has its directory. */
function otherEnd(bytes: Uint8Array, below: Below): Uint8Array {
  const changed = bytes.slice(), at = bytes.length - 1 - below(800);
  if (at >= 0) changed[at] = [0, 1, 2, 127, 128, 255][below(6)]!;
  return changed;
}

for (const form of ["zip", "legacy"] as const) {
  Deno.test(`${mutations} damaged torch files in ${form} form end in values or in a clear error`, async () => {
    const source = "/memory/pytorch_model.bin";
    const { readable, reasons } = await fuzz({
      original: torchVariants(form).bytes,
      source,
      seed: 20250202,
      own: [otherInstruction, otherEnd],
      async read(bytes) {
        const weights = await openTorchFile(recordedSource(bytes, source));
        let largest = 0;
        for (const [name, { dtype, shape }] of weights.tensors) {
          if (!isFloatType(dtype)) continue;
          const stored = await weights.read(name);
          assert.equal(decodeValues(stored).length, shape.reduce((a, b) => a * b, 1));
          largest = Math.max(largest, stored.bytes.length);
        }
        return largest;
      },
    });
    assert.ok(readable > 20 && readable < mutations * 0.8, `${readable} were readable`);
    assert.ok(reasons.size >= 20, `only these errors were met:\n${[...reasons].join("\n")}`);
  });
}
