import assert from "node:assert/strict";
import { wattsStrogatzNetwork } from "../../lib/networks/watts_strogatz_network.ts";

Deno.test("without rewiring a node of the ring has its neighbours on both sides, as far as the links between", () => {
  const { offsets, lengths } = wattsStrogatzNetwork({ nodes: 9, neighbours: 4, rewiring: 0 });
  assert.deepEqual([...offsets], Array.from({ length: 10 }, (_, i) => 8 * i));
  assert.deepEqual([...lengths.subarray(24, 32)], [2, 2, 2, 2, 4, 4, 4, 4]);
});

Deno.test("rewiring keeps the number of links and brings nodes closer, in the same way for the same seed", () => {
  const graph = (rewiring: number, seed = 0) =>
    wattsStrogatzNetwork({ nodes: 200, rewiring, seed }).lengths;
  const links = (lengths: Float64Array) => lengths.filter((length) => length === 2).length;
  const mean = (lengths: Float64Array) =>
    lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
  const [ring, few, all] = [0, 0.1, 1].map((rewiring) => graph(rewiring));
  assert.deepEqual([ring, few, all].map((lengths) => links(lengths!)), [800, 800, 800]);
  assert.ok(mean(ring!) > 2 * mean(few!) && mean(few!) > mean(all!));
  assert.deepEqual(graph(0.1), few);
  assert.notDeepEqual(graph(0.1, 1), few);
});

Deno.test("wattsStrogatzNetwork() refuses what is no such graph", () => {
  const refused = (options: object, message: RegExp) =>
    assert.throws(() => wattsStrogatzNetwork({ rewiring: 0.1, ...options }), message);
  refused({ neighbours: 3 }, /neighbours must be an even number below the 1000 nodes, but it is 3/);
  refused({ nodes: 6, neighbours: 6 }, /below the 6 nodes, but it is 6/);
  refused({ rewiring: 1.5 }, /rewiring must be a finite number from 0 to 1, but it is 1\.5/);
  refused({ neighbors: 4 }, /no option "neighbors"; did you mean "neighbours"/);
});
