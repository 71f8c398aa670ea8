import assert from "node:assert/strict";
import { COMPILED, compiledKernels } from "../../../data/training/kernels/compile.ts";

Deno.test("the kernels compile to the bytes that are kept; if not, run data/training/kernels/compile.ts", async () => {
  assert.equal(await compiledKernels(), await Deno.readTextFile(COMPILED));
});
