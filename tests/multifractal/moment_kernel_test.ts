import assert from "node:assert/strict";
import { MomentKernel } from "../../lib/multifractal/moment_kernel.ts";
import { plainMomentKernel } from "../../lib/multifractal/moment_kernel_plain.ts";
import { NODE_BYTES, TERMS } from "../../lib/multifractal/moment_layout.ts";
import { RandomDraws } from "../../lib/statistics/random_draws.ts";

const nodes = 60, radii = 7, columns = 9, masses = 4000, width = 0.125;
const logs = 0, state = 8 * masses, edgesAt = state + NODE_BYTES * nodes;
const counts = edgesAt + 8 * radii, logMasses = counts + 4 * columns * nodes;
const moments = 16 * Math.ceil((logMasses + 8 * radii) / 16), next = 8 * TERMS * 68;

/** A kernel whose memory is full of numbers. */
function filled() {
  const kernel = new MomentKernel(), draws = new RandomDraws("moments");
  kernel.reserve(moments + radii * next);
  const doubles = new Float64Array(kernel.bytes.buffer);
  doubles.forEach((_, i) => doubles[i] = draws.normal());
  return { kernel, draws, doubles, integers: new Uint32Array(kernel.bytes.buffer) };
}

/** A kernel with histograms and logarithms. */
function withHistograms() {
  const { kernel, draws, doubles, integers } = filled();
  for (let mass = 0; mass < masses; mass++) doubles[mass] = Math.log(mass);
  for (let k = 0; k < nodes * columns; k++) {
    integers[counts / 4 + k] = Math.floor(400 * draws.uniform() ** 2);
  }
  return { kernel, integers };
}

Deno.test("begin() and grow() of the moment kernel give the bits that their twins in TypeScript give", () => {
  const { kernel, integers } = withHistograms();
  const begin = [counts, 4 * columns, nodes, radii, 800, state, edgesAt] as const;
  const grow = [counts, 4 * columns, nodes, radii, state, logs, moments, next] as const;
  const expected = kernel.bytes.slice(), twin = plainMomentKernel(expected.buffer);
  twin.begin(...begin);
  kernel.functions.begin(...begin);
  assert.deepEqual(kernel.bytes, expected);
  const selected = Array.from({ length: nodes }, (_, node) => integers[state / 4 + 2 * node]!);
  assert.deepEqual([...new Set(selected)].sort(), [0, 1]);
  // A node's mass goes on from one call to the next.
  for (const first of [0, 3]) {
    const own = [counts + 4 * first, ...grow.slice(1), logMasses, width];
    own[3] = first === 0 ? 3 : radii - 3;
    twin.grow(...own);
    kernel.functions.grow(...own);
  }
  assert.ok(kernel.bytes.length > moments + radii * next);
  assert.deepEqual(kernel.bytes, expected);
});

Deno.test("evaluate() of the moment kernel gives the bits that its twin in TypeScript gives", () => {
  const { kernel } = filled();
  const pairs = 31, factors = moments + 8 * TERMS, centres = factors + 16 * TERMS * pairs;
  const sums = centres + 16 * pairs;
  const before = kernel.bytes.slice(), expected = kernel.bytes.slice();
  plainMomentKernel(expected.buffer).evaluate(moments, factors, centres, sums, pairs);
  kernel.evaluate({ moments, factors, centres, sums, pairs });
  assert.notDeepEqual(expected, before);
  assert.deepEqual(kernel.bytes, expected);
});
