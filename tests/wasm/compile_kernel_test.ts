import assert from "node:assert/strict";
import { compiledKernel, kernels } from "./compile_kernel.ts";

for (const source of kernels) {
  const name = source.path.pathname.split("/").at(-1);
  Deno.test(`${name}.as compiles to the bytes that are kept; if not, run deno task kernels`, async () => {
    const kept = await Deno.readTextFile(`${source.path.pathname}_wasm.ts`);
    assert.equal(await compiledKernel(source), kept);
  });
}
