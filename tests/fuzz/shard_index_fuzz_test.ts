import assert from "node:assert/strict";
import { openWeights } from "../../lib/checkpoints/open_weights.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";
import { type Below, fuzz, mutations, nastyTexts } from "./fuzz.ts";

const name = "model.safetensors.index.json";
const shard = (tensor: string) =>
  safetensorsBytes({ [tensor]: { dtype: "F16", shape: [2], data_offsets: [0, 4] } }, 4);
const files: ReadonlyMap<string, Uint8Array> = new Map([
  ["model-1.safetensors", shard("h.0.weight")],
  ["model-2.safetensors", shard("h.1.weight")],
]);
const text = JSON.stringify({
  metadata: { total_size: 8 },
  weight_map: { "h.0.weight": "model-1.safetensors", "h.1.weight": "model-2.safetensors" },
});

/** The index with one of its names or values replaced, still JSON more often than not. */
function otherValue(_: Uint8Array, below: Below): Uint8Array {
  const matches = [...text.matchAll(/"[^"]*"|\{[^{}]*\}|\d+/g)];
  const { index, 0: found } = matches[below(matches.length)]!;
  const choices = [
    ...matches.map(([value]) => value),
    ...nastyTexts,
    '"../model-1.safetensors"',
    "[]",
  ];
  const other = choices[below(choices.length)]!;
  return new TextEncoder().encode(text.slice(0, index) + other + text.slice(index + found.length));
}

Deno.test(`${mutations} damaged indexes of shards end in values or in a clear error`, async () => {
  const source = `/memory/${name}`;
  const { readable, reasons } = await fuzz({
    original: new TextEncoder().encode(text),
    source,
    seed: 20250303,
    own: [otherValue, otherValue, otherValue],
    async read(bytes) {
      const weights = await openWeights(name, (file) => {
        if (file === name) return Promise.resolve(recordedSource(bytes, source));
        const shard = files.get(file);
        if (shard) return Promise.resolve(recordedSource(shard, `/memory/${file}`));
        return Promise.reject(new Error(`/memory/${file.slice(0, 99)} does not exist`));
      });
      let total = 0;
      for (const tensor of weights.tensors.keys()) {
        total += (await weights.read(tensor)).bytes.length;
      }
      return total;
    },
  });
  assert.ok(readable > 20 && readable < mutations / 2, `${readable} were readable`);
  assert.ok(reasons.size >= 6, `only these errors were met:\n${[...reasons].join("\n")}`);
});
