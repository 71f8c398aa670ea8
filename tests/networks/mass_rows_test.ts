import assert from "node:assert/strict";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { massRows } from "../../lib/networks/mass_rows.ts";
import { networkOf } from "./network_of.ts";

const network = networkOf([[2, 5, 5], [3, 5, 9], [7, 100, 101], [2, 3, 9]]);
const masses = growBoxes(network, { minimumEdges: 2, threshold: 50 });

Deno.test("massRows() of every node is the whole table", () => {
  assert.deepEqual([...masses.selected], [0, 1, 3]);
  for (const radii of ["all", "occurring"] as const) {
    assert.deepEqual(massRows(masses, () => true, radii), masses);
  }
});

Deno.test("massRows() keeps the rows of some nodes at all radii", () => {
  const { radii, counts, selected, nodes, edges } = massRows(masses, (node) => node < 3, "all");
  assert.deepEqual([...radii], [2, 3, 5, 9]);
  assert.deepEqual([...counts], [1, 0, 2, 0, 0, 1, 1, 1]);
  assert.deepEqual([...selected], [0, 1]);
  assert.deepEqual([nodes, edges], [4, 12]);
});

Deno.test("massRows() at occurring radii is box growing on those nodes alone", () => {
  const part = massRows(masses, (node) => node === 1, "occurring");
  const alone = growBoxes(networkOf([[3, 5, 9]]), { minimumEdges: 2, threshold: 50 });
  assert.deepEqual(part.radii, alone.radii);
  assert.deepEqual(part.counts, alone.counts);
});

Deno.test("massRows() of no node is empty", () => {
  const { radii, counts, selected } = massRows(masses, () => false, "occurring");
  assert.deepEqual([radii.length, counts.length, selected.length], [0, 0, 0]);
});
