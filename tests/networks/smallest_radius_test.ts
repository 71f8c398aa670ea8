import assert from "node:assert/strict";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { smallestRadius } from "../../lib/networks/smallest_radius.ts";
import { networkOf } from "./network_of.ts";

Deno.test("smallestRadius() counts the edges that round to the first radius, over all selected nodes", () => {
  const network = networkOf([[1.6, 2.4, 7, 9], [2.2, 30, 31], [1.9]]);
  const masses = growBoxes(network, { minimumEdges: 2 });
  assert.deepEqual(smallestRadius(masses), { radius: 2, edges: 3 });
});

Deno.test("smallestRadius() of a table without radii says what to do", () => {
  assert.throws(() => smallestRadius(growBoxes(networkOf([[2]]))), /raise it/);
});
