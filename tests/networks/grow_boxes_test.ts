import assert from "node:assert/strict";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { readGolden } from "../golden/golden.ts";
import { networkOf } from "./network_of.ts";

Deno.test("growBoxes() selects the published code's nodes and counts its masses", () => {
  const golden = readGolden<{
    node_degrees: number[];
    selected: number[];
    radii: number[];
    counts: [number, number][][];
    total_mass: number[];
  }>("intermediates_h128_step143000_s0");
  const network = goldenNetwork("pythia-14m", 143000, 0);
  assert.deepEqual(
    Array.from(network.nodeIds, (_, i) => network.offsets[i + 1]! - network.offsets[i]!),
    golden.node_degrees,
  );
  const { radii, counts, selected, nodes, edges } = growBoxes(network);
  assert.deepEqual([nodes, edges], [1536, 61632]);
  assert.deepEqual([...selected], golden.selected);
  assert.deepEqual([...radii], golden.radii);
  const rows = golden.selected.map((_, i) =>
    counts.subarray(i * radii.length, (i + 1) * radii.length)
  );
  assert.deepEqual(
    rows.map((row) => 1 + row.reduce((sum, count) => sum + count, 0)),
    golden.total_mass,
  );
  golden.counts.forEach((expected, i) => {
    const nonzero = Array.from(rows[i]!, (count, j) => [radii[j]!, count]).filter(([, n]) =>
      n !== 0
    );
    assert.deepEqual(nonzero, expected, `selected node ${i}`);
  });
});

Deno.test("growBoxes() takes lengths above 1 up to the threshold, before they are rounded", () => {
  const { radii, counts } = growBoxes(
    networkOf([[1, 1.0000000000000002, 2.5, 3.5, 150, 150.00000000000003, NaN, Infinity]]),
    { minimumEdges: 0 },
  );
  assert.deepEqual([...radii], [1, 2, 4, 150]);
  assert.deepEqual([...counts], [1, 1, 1, 1]);
});

Deno.test("growBoxes() needs strictly more than the least number of edges", () => {
  const ten = Array.from({ length: 10 }, (_, i) => i + 2);
  assert.deepEqual([...growBoxes(networkOf([ten, [...ten, 12]])).selected], [1]);
  assert.deepEqual([...growBoxes(networkOf([ten, [...ten, 12]]), { minimumEdges: 9 }).selected], [
    0,
    1,
  ]);
});

Deno.test("growBoxes() takes radii only from selected nodes", () => {
  const { radii } = growBoxes(networkOf([[2, 3, 4], [99]]), { minimumEdges: 1 });
  assert.deepEqual([...radii], [2, 3, 4]);
});

Deno.test("growBoxes() with digits keeps decimals, and a length may round above the threshold", () => {
  assert.deepEqual([
    ...growBoxes(networkOf([[1.25, 1.35, 2.26]]), { minimumEdges: 0, digits: 1 }).radii,
  ], [
    1.2,
    1.4,
    2.3,
  ]);
  assert.deepEqual(
    [...growBoxes(networkOf([[2, 10.6]]), { minimumEdges: 0, threshold: 10.6 }).radii],
    [2, 11],
  );
});

Deno.test("growBoxes() gives an empty table where no node has enough edges", () => {
  const { radii, counts, selected, nodes } = growBoxes(networkOf([[2, 3]]));
  assert.deepEqual([radii.length, counts.length, selected.length, nodes], [0, 0, 0, 1]);
});

Deno.test("growBoxes() refuses options that are unknown or out of range", () => {
  const network = networkOf([[2, 3]]);
  assert.throws(() => growBoxes(network, { treshold: 9 } as object), /did you mean "threshold"/);
  assert.throws(
    () => growBoxes(network, { threshold: 1 }),
    /threshold must be a length above 1 .*, but it is 1$/,
  );
  assert.throws(() => growBoxes(network, { digits: 8 }), /threshold 150 at 8 digits has more than/);
});
