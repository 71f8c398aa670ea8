import assert from "node:assert/strict";
import { type CountFunction, CountKernel } from "../../../lib/networks/full/count_kernel.ts";
import { plainCountKernel } from "../../../lib/networks/full/count_kernel_plain.ts";
import { FREE } from "../../../lib/networks/full/count_layout.ts";
import { fillRandom } from "../../wasm/random_bytes.ts";

const rows = 50, stride = 700;
const calls: readonly [CountFunction, ...number[]][] = [
  ...(["small", "large", "single"] as const).flatMap((kind): [CountFunction, ...number[]][] => [
    [`${kind}Columns`, FREE + 1, rows],
    [`${kind}Row`, FREE + 3, rows],
  ]),
  ["addColumns", FREE, 30, FREE + 2001, 29, FREE + 4003, 1203],
  ["addRow", 30, FREE + 2001, FREE + 4003],
  ["bringHalves", FREE + 5, rows, stride],
  ["bringSingles", FREE + 7, rows, stride],
];

for (const [name, ...numbers] of calls) {
  Deno.test(`${name}() of the counting kernel does to any memory what its twin in TypeScript does`, () => {
    const kernel = new CountKernel();
    kernel.reserve(FREE + 2 ** 20);
    fillRandom(kernel.bytes, 1);
    const before = kernel.bytes.slice(), expected = kernel.bytes.slice();
    plainCountKernel(expected.buffer)[name](...numbers);
    kernel.functions[name](...numbers);
    assert.notDeepEqual(expected, before);
    assert.deepEqual(kernel.bytes, expected);
  });
}
