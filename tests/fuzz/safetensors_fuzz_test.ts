import assert from "node:assert/strict";
import { join } from "node:path";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { bytesPerValue, isFloatType } from "../../lib/checkpoints/dtypes.ts";
import { openLocalFile } from "../../lib/checkpoints/local_file.ts";
import { openSafetensors } from "../../lib/checkpoints/safetensors_file.ts";
import { mulberry32 } from "../golden/seeded_normals.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";

const mutations = 2000;

const header = JSON.stringify({
  __metadata__: { format: "pt" },
  "h.0.weight": { dtype: "F16", shape: [4, 3], data_offsets: [0, 24] },
  "h.0.bias": { dtype: "F32", shape: [4], data_offsets: [24, 40] },
  mask: { dtype: "U8", shape: [2, 1, 3], data_offsets: [40, 46] },
  scale: { dtype: "BF16", shape: [], data_offsets: [46, 48] },
});
const original = safetensorsBytes(header, 48);

/** Texts that upset parsers of numbers, names and structure. */
const nasty = [
  "-1",
  "0",
  "1e308",
  "NaN",
  "9007199254740993",
  "18446744073709551615",
  "null",
  "[",
  "]",
]
  .concat([
    "{",
    "}",
    '"',
    "\\",
    ",",
    ":",
    "[[[[[[[[",
    '"F64"',
    "0.5",
    "\u0000",
    "true",
    '"mask"',
    "  ",
  ]);

function mutated(next: () => number): Uint8Array {
  const below = (limit: number) => next() % limit;
  let bytes: Uint8Array = original.slice();
  for (let change = below(3); change >= 0; change--) {
    const at = below(bytes.length + 1), count = below(9);
    const insert = (part: Uint8Array, removed: number) =>
      bytes = new Uint8Array([...bytes.subarray(0, at), ...part, ...bytes.subarray(at + removed)]);
    switch (below(7)) {
      case 0: // one bit, anywhere
        if (at < bytes.length) bytes[at]! ^= 1 << below(8);
        break;
      case 1: // the announced length
        bytes[below(8)] = [0, 1, 127, 128, 255][below(5)]!;
        break;
      case 2: // cut
        bytes = bytes.slice(0, at);
        break;
      case 3: // remove or repeat some bytes
        insert(bytes.slice(at, at + below(2) * 2 * count), count);
        break;
      case 4: // a text in front of or in place of others
        insert(new TextEncoder().encode(nasty[below(nasty.length)]), below(2) * count);
        break;
      case 5: // another number, the announced length kept true
        bytes = withOtherNumber(bytes, below);
        break;
      default: // more data
        bytes = new Uint8Array([...bytes, ...new Uint8Array(count)]);
    }
  }
  return bytes;
}

/** The original with one of the header's numbers replaced, or a tensor's place moved. */
function withOtherNumber(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const moves = below(2) === 0;
  const matches = [...header.matchAll(moves ? /(?<="data_offsets":\[)\d+,\d+/g : /\d+(?=[,\]])/g)];
  const { index, 0: found } = matches[below(matches.length)]!;
  const shift = below(9) - 4;
  const moved = found.split(",").map((offset) => Math.max(0, Number(offset) + shift)).join();
  const other = moves ? moved : [String(below(50)), nasty[below(6)]!][below(2)]!;
  const text = header.slice(0, index) + other + header.slice(index + found.length);
  return safetensorsBytes(text, Math.max(0, bytes.length - 8 - header.length));
}

Deno.test(`${mutations} damaged safetensors files end in values or in a clear error`, async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "model.safetensors");
  const next = mulberry32(20250101);
  const memoryBefore = Deno.memoryUsage().rss;
  const reasons = new Set<string>();
  let readable = 0;
  for (let i = 0; i < mutations; i++) {
    const bytes = mutated(next);
    await Deno.writeFile(path, bytes);
    try {
      const file = await openSafetensors(await openLocalFile(path));
      let read = 0;
      for (const [name, { dtype, shape }] of file.tensors) {
        read += shape.reduce((product, size) => product * size, bytesPerValue.get(dtype)!);
        if (isFloatType(dtype)) decodeValues(await file.read(name));
      }
      assert.ok(read <= bytes.length, `mutation ${i} gave more values than the file has bytes`);
      readable++;
    } catch (error) {
      assert.ok(error instanceof Error);
      const text = `mutation ${i}: ${error.stack}`;
      assert.equal(Object.getPrototypeOf(error), Error.prototype, text);
      assert.match(error.message, /^\/\P{Cc}{10,600}$/u, text);
      assert.ok(error.message.startsWith(path), text);
      reasons.add(error.message.slice(path.length).replace(/"[^"]*"|\d[-\d.e+]*|\[.*?\]/g, "…"));
    }
  }
  await Deno.remove(folder, { recursive: true });
  assert.ok(readable > 20 && readable < mutations / 2, `${readable} were readable`);
  assert.ok(reasons.size >= 12, `only these errors were met:\n${[...reasons].join("\n")}`);
  assert.ok(Deno.memoryUsage().rss - memoryBefore < 200e6);
});
