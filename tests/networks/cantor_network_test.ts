import assert from "node:assert/strict";
import { cantorNetwork } from "../../lib/networks/cantor_network.ts";

Deno.test("cantorNetwork() has a node for each smallest interval and an edge to every other unit of mass", () => {
  // Intervals 0, 2, 6 and 8 of nine, with the masses 1, 2, 2 and 4.
  const { offsets, lengths } = cantorNetwork({ generator: [1, 0, 2], depth: 2 });
  assert.deepEqual([...offsets], [0, 8, 16, 24, 32]);
  const row = (node: number) => [...lengths.subarray(8 * node, 8 * node + 8)];
  assert.deepEqual(row(0), [4, 4, 12, 12, 16, 16, 16, 16]);
  assert.deepEqual(row(1), [4, 2, 8, 8, 12, 12, 12, 12]);
  assert.deepEqual(row(3), [16, 12, 12, 4, 4, 2, 2, 2]);
});

Deno.test("lengths of the tree are the sizes of the intervals that hold both points", () => {
  const { lengths } = cantorNetwork({ generator: [1, 0, 2], depth: 2, lengths: "tree" });
  assert.deepEqual([...lengths.subarray(0, 8)], [6, 6, 18, 18, 18, 18, 18, 18]);
  assert.deepEqual([...lengths.subarray(24, 32)], [18, 18, 18, 6, 6, 2, 2, 2]);
});

Deno.test("cantorNetwork() refuses what is no Cantor set or too large", () => {
  const refused = (options: object, message: RegExp) =>
    assert.throws(() => cantorNetwork({ generator: [1, 0, 1], ...options }), message);
  refused({ generator: [1] }, /generator must be a list of integers from 0, at least two of them/);
  refused({ generator: [1, 0.5] }, /generator must be .*, but it is \[1, 0\.5\]/);
  refused({ generator: [3, 0, 0] }, /at least two of them above 0/);
  refused({ depth: 0 }, /depth must be an integer from 1 to 16, but it is 0/);
  refused(
    { generator: [1, 0, 2], depth: 16 },
    /65536 intervals and mass 43046721 has \d+ edges, more than 134217728; divide less often/,
  );
  refused({ length: "tree" }, /no option "length"; did you mean "lengths"/);
});
