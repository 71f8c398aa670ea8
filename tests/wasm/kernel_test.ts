import assert from "node:assert/strict";
import { MomentKernel } from "../../lib/multifractal/moment_kernel.ts";

Deno.test("reserve() makes a kernel's memory larger and keeps what is in it", () => {
  const kernel = new MomentKernel();
  const size = kernel.bytes.length;
  kernel.bytes[7] = 7;
  kernel.reserve(size);
  assert.equal(kernel.bytes.length, size);
  kernel.reserve(3 * size + 1);
  assert.equal(kernel.bytes.length, 4 * size);
  assert.equal(kernel.bytes[7], 7);
});
