import assert from "node:assert/strict";
import { partitionFunction, relativeLogRadii } from "../../lib/multifractal/partition_function.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { allClose, close, readGolden } from "../golden/golden.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { networkOf } from "../networks/network_of.ts";

const trained = growBoxes(goldenNetwork("pythia-14m", 143000, 0));

Deno.test("partitionFunction() is the published code's ln Z for every sixth q", () => {
  const { x, log_Zq } = readGolden<{ x: number[]; log_Zq: Record<string, number[]> }>(
    "intermediates_h128_step143000_s0",
  );
  const { q, logRadii, logZ } = partitionFunction(trained, qGrid());
  allClose(logRadii, x, 1e-15, "ln(r/d)");
  let compared = 0;
  for (const [order, expected] of Object.entries(log_Zq)) {
    const row = q.indexOf(Number(order)) * x.length;
    allClose(logZ.subarray(row, row + x.length), expected, 2e-14, `ln Z at q = ${order}`);
    compared++;
  }
  assert.equal(compared, 11);
});

Deno.test("partitionFunction() is exactly ln N at q = 0 for every radius, and at the largest radius for every q", () => {
  const { q, radii, logZ } = partitionFunction(trained, qGrid());
  const nodes = Math.log(trained.selected.length), zero = q.indexOf(0) * radii.length;
  assert.ok(logZ.subarray(zero, zero + radii.length).every((value) => value === nodes));
  q.forEach((order, o) => close(logZ[(o + 1) * radii.length - 1]!, nodes, 1e-15, `q = ${order}`));
});

Deno.test("partitionFunction() does not depend on the order of the q asked for", () => {
  const q = [2, -1, 0, 0.3];
  const { logZ } = partitionFunction(trained, q);
  q.forEach((order, o) => {
    const alone = partitionFunction(trained, [order]).logZ;
    assert.deepEqual(logZ.slice(o * alone.length, (o + 1) * alone.length), alone);
  });
});

Deno.test("partitionFunction() is the plain sum over nodes", () => {
  const masses = growBoxes(networkOf([[2, 2, 5, 7], [2, 5, 5, 5, 7, 7], [7, 7, 3, 2]]), {
    minimumEdges: 0,
  });
  const { q, radii, logZ } = partitionFunction(masses, [-2.5, 1, 3]);
  q.forEach((order, o) =>
    radii.forEach((radius, j) => {
      const sum = [[2, 2, 5, 7], [2, 5, 5, 5, 7, 7], [7, 7, 3, 2]].reduce((total, row) => {
        const mass = 1 + row.filter((length) => length <= radius).length;
        return total + (mass / (1 + row.length)) ** order;
      }, 0);
      close(logZ[o * radii.length + j]!, Math.log(sum), 1e-15, `q = ${order}, r = ${radius}`);
    })
  );
});

Deno.test("partitionFunction() refuses an empty table, no order, and orders out of reach", () => {
  const empty = growBoxes(networkOf([[2]]));
  assert.throws(() => partitionFunction(empty, [1]), /has no selected node/);
  assert.throws(() => partitionFunction(trained, []), /There is no order q/);
  assert.throws(
    () => partitionFunction(trained, [1, 400]),
    /q = 400 is out of reach for masses up to 97/,
  );
  assert.throws(() => partitionFunction(trained, [NaN]), /q = NaN is out of reach/);
});

Deno.test("relativeLogRadii() gives the published code's abscissas", () => {
  const { x, radii } = readGolden<{ x: number[]; radii: number[] }>(
    "intermediates_h128_step143000_s0",
  );
  allClose(relativeLogRadii(Float64Array.from(radii)), x, 1e-15, "ln(r/d)");
});

Deno.test("relativeLogRadii() ends at exactly 0", () => {
  assert.equal(relativeLogRadii(Float64Array.of(0.1, 0.3, 149.7)).at(-1), 0);
});
