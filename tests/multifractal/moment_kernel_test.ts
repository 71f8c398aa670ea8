import assert from "node:assert/strict";
import { MomentKernel } from "../../lib/multifractal/moment_kernel.ts";
import { plainMomentKernel } from "../../lib/multifractal/moment_kernel_plain.ts";
import { NODE_BYTES, TERMS } from "../../lib/multifractal/moment_layout.ts";
import { RandomDraws } from "../../lib/statistics/random_draws.ts";

/** A kernel whose memory is full of numbers. */
function filled() {
  const kernel = new MomentKernel(), draws = new RandomDraws("moments");
  const doubles = new Float64Array(kernel.bytes.buffer);
  doubles.forEach((_, i) => doubles[i] = draws.normal());
  return { kernel, draws, doubles, integers: new Uint32Array(kernel.bytes.buffer) };
}

Deno.test("add() of the moment kernel gives the bits that its twin in TypeScript gives", () => {
  const { kernel, draws, doubles, integers } = filled();
  const logs = 0, masses = 2000, nodes = 60, width = 0.125, state = 8 * masses;
  const counts = state + NODE_BYTES * nodes, stride = 12, moments = counts + stride * nodes + 16;
  for (let mass = 0; mass < masses; mass++) doubles[mass] = Math.log(mass);
  for (let node = 0; node < nodes; node++) {
    const mass = 1 + Math.floor(900 * draws.uniform());
    integers[(state + NODE_BYTES * node) / 4] = mass;
    integers[(counts + stride * node) / 4] = Math.floor(90 * draws.uniform());
    doubles[(state + NODE_BYTES * node) / 8 + 1] = Math.log(
      1000 + Math.floor(900 * draws.uniform()),
    );
  }
  const before = kernel.bytes.slice(), expected = kernel.bytes.slice();
  plainMomentKernel(expected.buffer)
    .add(counts, stride, nodes, state, logs, moments, 1 / width, width);
  kernel.add({ counts, stride, nodes, state, logs, moments, width });
  assert.notDeepEqual(expected, before);
  assert.deepEqual(kernel.bytes, expected);
});

Deno.test("evaluate() of the moment kernel gives the bits that its twin in TypeScript gives", () => {
  const { kernel } = filled();
  const pairs = 31, moments = 16, factors = 256, centres = factors + 16 * TERMS * pairs;
  const sums = centres + 16 * pairs;
  const before = kernel.bytes.slice(), expected = kernel.bytes.slice();
  plainMomentKernel(expected.buffer).evaluate(moments, factors, centres, sums, pairs);
  kernel.evaluate({ moments, factors, centres, sums, pairs });
  assert.notDeepEqual(expected, before);
  assert.deepEqual(kernel.bytes, expected);
});
