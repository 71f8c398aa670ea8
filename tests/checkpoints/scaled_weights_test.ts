import assert from "node:assert/strict";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { openWeights } from "../../lib/checkpoints/open_weights.ts";
import { safetensorsParts } from "../../lib/checkpoints/write_safetensors.ts";
import { joined } from "../helpers/pickle_bytes.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { throwsError } from "../helpers/throws_error.ts";

interface Part {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const open = (...parts: Part[]) => {
  const bytes = joined(...safetensorsParts("model", parts, {}));
  return openWeights("model.safetensors", () => recordedSource(bytes, "/run/model.safetensors"));
};
const f32 = (name: string, shape: readonly number[], values: readonly number[]): Part => (
  { name, dtype: "F32", shape, bytes: new Uint8Array(new Float32Array(values).buffer) }
);
const f8 = (
  name: string,
  shape: readonly number[],
  codes: readonly number[],
  dtype = "F8_E4M3",
): Part => (
  { name, dtype, shape, bytes: Uint8Array.from(codes) }
);
const read = async (
  weights: Awaited<ReturnType<typeof open>>,
  ...args: Parameters<typeof weights.read>
) => [...decodeValues(await weights.read(...args))];

/** 1, −1.5, the largest 448, the smallest 2⁻⁹, 0 and 2. */
const e4m3 = [0x38, 0xbc, 0x7e, 0x01, 0x00, 0x40];

Deno.test("numbers of 8 bits without a scale are the numbers that they are", async () => {
  const weights = await open(
    f8("a", [2, 3], e4m3),
    f8("b", [4], [0x3c, 0xc0, 0x7b, 0x01], "F8_E5M2"),
    f32("c", [1], [7]),
  );
  assert.equal(weights.tensors.get("a")!.dtype, "F32");
  assert.deepEqual(await read(weights, "a"), [1, -1.5, 448, 2 ** -9, 0, 2]);
  assert.deepEqual(await read(weights, "a", [{ start: 1, end: 2 }]), [2 ** -9, 0, 2]);
  assert.deepEqual(await read(weights, "b"), [1, -2, 57344, 2 ** -16]);
  assert.deepEqual(await read(weights, "c"), [7]);
});

Deno.test("one scale, one a row, or one a block of 128 × 128 is multiplied in, whatever rows are read", async () => {
  const whole = await open(
    f8("l.weight", [2, 3], e4m3),
    f32("l.weight_scale", [], [0.5]),
    f32("l.input_scale", [], [9]),
  );
  assert.deepEqual([...whole.tensors.keys()].sort(), ["l.input_scale", "l.weight"]);
  assert.deepEqual(await read(whole, "l.weight"), [0.5, -0.75, 224, 2 ** -10, 0, 1]);
  const byRow = await open(f8("l.weight", [2, 3], e4m3), f32("l.weight_scale", [2, 1], [2, 4]));
  assert.deepEqual(await read(byRow, "l.weight", [{ start: 1, end: 2 }, { start: 0, end: 1 }]), [
    2 ** -7,
    0,
    8,
    2,
    -3,
    896,
  ]);
  const ones = new Array(130 * 129).fill(0x38);
  const blocks = await open(
    f8("l.weight", [130, 129], ones),
    f32("l.weight_scale_inv", [2, 2], [1, 2, 3, 4]),
  );
  const [first, last] = [
    await read(blocks, "l.weight", [{ start: 127, end: 128 }]),
    await read(blocks, "l.weight", [{ start: 129, end: 130 }]),
  ];
  assert.deepEqual([first[0], first[127], first[128]], [1, 1, 2]);
  assert.deepEqual([last[0], last[127], last[128]], [3, 3, 4]);
  const planned = await blocks.ranges([{ name: "l.weight", rows: [{ start: 0, end: 1 }] }]);
  assert.deepEqual(planned[0]!.ranges.map(({ start, end }) => end - start), [129, 16]);
});

Deno.test("a scale of a kind that is not known stops the reading, and is never left out", async () => {
  const message =
    /tensor "l\.weight" is stored as F8_E4M3 with a scale of a kind that is not known/;
  for (
    const scale of [
      f32("l.weight_scale", [1, 3], [1, 1, 1]),
      f32("l.scales", [], [2]),
      f32("l.weight_quantizer_scale", [], [2]),
    ]
  ) {
    const weights = await open(f8("l.weight", [2, 3], e4m3), scale);
    assert.equal(weights.tensors.get("l.weight")!.dtype, "F8_E4M3");
    await throwsError(() => weights.read("l.weight"), message);
  }
  const two = await open(
    f8("l.weight", [2, 3], e4m3),
    f32("l.weight_scale", [], [2]),
    f32("l.weight_scale_2", [], [2]),
  );
  await throwsError(() => two.read("l.weight"), message);
});
