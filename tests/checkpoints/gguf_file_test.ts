import assert from "node:assert/strict";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { openGguf } from "../../lib/checkpoints/gguf_file.ts";
import { ggufBytes } from "../helpers/gguf_bytes.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { throwsError } from "../helpers/throws_error.ts";

/** Two groups of 32 whole numbers a row, with the scales 0.5 and 2 and, in the second row, 1 and −1. */
const q8 = Uint8Array.from(
  [[0x00, 0x38], [0x00, 0x40], [0x00, 0x3c], [0x00, 0xbc]].flatMap((
    scale,
  ) => [...scale, ...Array.from({ length: 32 }, (_, i) => (i - 16) & 255)]),
);
const tensors = [
  { name: "blk.0.attn_q.weight", type: 8, sizes: [64, 2], bytes: q8 },
  {
    name: "token_embd.weight",
    type: 1,
    sizes: [2, 3],
    bytes: Uint8Array.of(0, 0x3c, 0, 0x40, 0, 0xc0, 0, 0, 0, 0x38, 0, 0x34),
  },
  {
    name: "norm.weight",
    type: 0,
    sizes: [2],
    bytes: new Uint8Array(new Float32Array([1, 2]).buffer),
  },
  { name: "blk.0.ffn_up.weight", type: 12, sizes: [256, 2], bytes: new Uint8Array(288) },
  { name: "half", type: 30, sizes: [1], bytes: Uint8Array.of(0x80, 0x3f) },
];
const open = (bytes: Uint8Array) => openGguf(recordedSource(bytes, "/run/model.gguf"));

Deno.test("tensors of F16, BF16, F32 and Q8_0 are read as values, whole and by rows; others are listed", async () => {
  const weights = await open(ggufBytes(tensors));
  const listed = [...weights.tensors.values()].map((
    { name, dtype, shape },
  ) => [name, dtype, shape]);
  assert.deepEqual(listed, [
    ["blk.0.attn_q.weight", "F32", [2, 64]],
    ["token_embd.weight", "F16", [3, 2]],
    ["norm.weight", "F32", [2]],
    ["blk.0.ffn_up.weight", "Q4_K", [2, 256]],
    ["half", "BF16", [1]],
  ]);
  const numbers = Array.from({ length: 32 }, (_, i) => i - 16);
  const first = [...numbers.map((n) => n / 2), ...numbers.map((n) => 2 * n)];
  const second = [...numbers, ...numbers.map((n) => 0 - n)];
  const read = async (...args: Parameters<typeof weights.read>) =>
    [...decodeValues(await weights.read(...args))].map((n) => n + 0);
  assert.deepEqual(await read("blk.0.attn_q.weight"), [...first, ...second]);
  assert.deepEqual(
    await read("blk.0.attn_q.weight", [{ start: 1, end: 2 }, { start: 0, end: 1 }]),
    [...second, ...first],
  );
  assert.deepEqual(await read("token_embd.weight"), [1, 2, -2, 0, 0.5, 0.25]);
  assert.deepEqual(await read("norm.weight"), [1, 2]);
  assert.deepEqual(await read("half"), [1]);
  await throwsError(
    () => weights.read("blk.0.ffn_up.weight"),
    /stored as Q4_K, which cannot be read as weights/,
  );
});

Deno.test("a file that is cut, another, or lists what it has not is refused", async () => {
  const bytes = ggufBytes(tensors),
    refuses = (message: RegExp, some: Uint8Array) => throwsError(() => open(some), message);
  for (const length of [0, 3, 20, 60, 200, 400]) {
    await refuses(/^\/run\/model\.gguf is damaged/, bytes.subarray(0, length));
  }
  await refuses(
    /no GGUF file \(not a valid gguf file: not starting with GGUF/,
    new Uint8Array(100),
  );
  const [w] = tensors;
  await refuses(/its tensor "blk\.0\.attn_q\.weight" is there twice/, ggufBytes([w!, w!]));
  await refuses(
    /of shape \[2, 64\] goes on behind the file's end/,
    ggufBytes([{ ...w!, offset: 2 ** 40 }]),
  );
  await refuses(/goes on behind the file's end/, ggufBytes([{ ...w!, sizes: [2 ** 32, 2 ** 32] }]));
});

Deno.test("what the header says of heads is the config's", async () => {
  const said = {
    ...{ "general.architecture": "qwen2", "qwen2.attention.head_count": 14 },
    ...{ "qwen2.attention.head_count_kv": 2, "llama.attention.head_count": 3 },
  };
  const { config } = await open(ggufBytes(tensors, said));
  assert.deepEqual(config, { num_attention_heads: 14, num_key_value_heads: 2 });
});
