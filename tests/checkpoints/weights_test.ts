import assert from "node:assert/strict";
import { openSafetensors } from "../../lib/checkpoints/safetensors_file.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { safetensorsBytes } from "../helpers/safetensors_bytes.ts";

/** A file of two 4 × 2 matrices of 16-bit numbers: `a` of the bytes 0…15, `b` of 16…31. */
function twoMatrices() {
  const header = {
    a: { dtype: "F16", shape: [4, 2], data_offsets: [0, 16] },
    b: { dtype: "F16", shape: [4, 2], data_offsets: [16, 32] },
  };
  return recordedSource(safetensorsBytes(header, Uint8Array.from({ length: 32 }, (_, i) => i)));
}

Deno.test("rows of several tensors are asked for in one read, as the plan says", async () => {
  const file = twoMatrices();
  const weights = await openSafetensors(file);
  const requests = [
    { name: "b", rows: [{ start: 3, end: 4 }, { start: 0, end: 1 }, { start: 1, end: 2 }] },
    { name: "a" },
    { name: "a", rows: [] },
  ];
  const opening = file.reads.length;
  const [plan] = await weights.ranges(requests);
  assert.equal(file.reads.length, opening, "planning reads nothing");
  const values = await weights.readAll(requests);
  assert.deepEqual(file.reads.slice(opening), [plan!.ranges]);
  assert.equal(plan!.file, file);
  const data = file.size - 32;
  assert.deepEqual(plan!.ranges, [
    { start: data + 28, end: data + 32 },
    { start: data + 16, end: data + 24 },
    { start: data, end: data + 16 },
  ]);
  assert.deepEqual(values.map(({ shape }) => shape), [[3, 2], [4, 2], [0, 2]]);
  assert.deepEqual([...values[0]!.bytes], [28, 29, 30, 31, 16, 17, 18, 19, 20, 21, 22, 23]);
  assert.deepEqual([...values[1]!.bytes], Array.from({ length: 16 }, (_, i) => i));
  assert.equal(values[2]!.bytes.length, 0);
});
