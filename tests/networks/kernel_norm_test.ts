import assert from "node:assert/strict";
import { normsOfKernels } from "../../lib/networks/kernel_norm.ts";

Deno.test("normsOfKernels() takes the root of the sum of squares of each kernel's positions", () => {
  const values = Float64Array.of(3, -4, 0, 0, 0, 0, -2, 1, 2, 5, 0, 12);
  assert.deepEqual([...normsOfKernels(values, 3)], [5, 0, 3, 13]);
  assert.deepEqual([...normsOfKernels(Float64Array.of(-0.5, 2), 1)], [0.5, 2]);
});
