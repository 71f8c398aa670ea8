import assert from "node:assert/strict";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openTorchFile } from "../../../lib/checkpoints/torch/torch_file.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { torchVariants } from "../../golden/torch_variants.ts";

const names: Record<string, string> = {
  float16: "F16",
  float32: "F32",
  float64: "F64",
  bfloat16: "BF16",
  int64: "I64",
  uint8: "U8",
  bool: "BOOL",
};

for (const form of ["zip", "legacy"] as const) {
  Deno.test(`the ${form} form has the tensors that torch wrote, whole and by rows`, async () => {
    const { bytes, expected } = torchVariants(form);
    const file = recordedSource(bytes);
    const weights = await openTorchFile(file);
    assert.deepEqual([...weights.tensors.keys()].sort(), Object.keys(expected).sort());
    for (const [name, { dtype, shape, values }] of Object.entries(expected)) {
      const tensor = weights.tensors.get(name)!;
      assert.deepEqual([tensor.dtype, tensor.shape], [names[dtype], shape], name);
      if (!["F16", "F32", "F64", "BF16"].includes(tensor.dtype)) continue;
      const whole = await weights.read(name);
      assert.deepEqual(whole.shape, shape);
      assert.deepEqual([...decodeValues(whole)], values, name);
      if (shape.length === 0 || shape[0]! < 2) continue;
      const last = shape[0]! - 1, rowValues = values.length / shape[0]!;
      const rows = await weights.read(name, [{ start: last, end: last + 1 }, { start: 0, end: 1 }]);
      assert.deepEqual(rows.shape, [2, ...shape.slice(1)]);
      assert.deepEqual(
        [...decodeValues(rows)],
        [...values.slice(last * rowValues), ...values.slice(0, rowValues)],
        name,
      );
    }
  });

  Deno.test(`a row of the ${form} form costs its own bytes, all requests together one read`, async () => {
    const file = recordedSource(torchVariants(form).bytes);
    const weights = await openTorchFile(file);
    const wanted = [
      { name: "f32", rows: [{ start: 2, end: 3 }] },
      { name: "transposed", rows: [{ start: 1, end: 2 }, { start: 4, end: 5 }] },
      { name: "slice", rows: [{ start: 1, end: 2 }] },
    ];
    await weights.readAll(wanted); // finds out where the storage begins
    file.reads.length = 0;
    const [row, transposed, slice] = await weights.readAll(wanted);
    assert.equal(file.reads.length, 1);
    const sizes = file.reads[0]!.map(({ start, end }) => end - start);
    assert.deepEqual(sizes, [6 * 4, (3 + 3 * 6 + 1) * 4, 3 * 4]);
    const { values } = torchVariants(form).expected.f32!;
    assert.deepEqual([...decodeValues(row!)], values.slice(12, 18));
    assert.deepEqual(
      [...decodeValues(transposed!)],
      [1, 7, 13, 19, 4, 10, 16, 22].map((i) => values[i]),
    );
    assert.deepEqual([...decodeValues(slice!)], values.slice(14, 17));
  });
}

Deno.test("a file that was read and written as text is told from one that is cut short", async () => {
  for (const form of ["zip", "legacy"] as const) {
    const { bytes } = torchVariants(form);
    const text = new TextEncoder().encode(new TextDecoder().decode(bytes));
    await throwsError(
      () => openTorchFile(recordedSource(text)),
      /^\/memory\/weights was once read and written as text, which has lost the bytes that are no text; get it again as it was$/,
    );
    await throwsError(() => openTorchFile(recordedSource(bytes.slice(0, 900))), /is truncated/);
  }
});
