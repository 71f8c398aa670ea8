import assert from "node:assert/strict";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import {
  drawnShare,
  keptByLayer,
  massRows,
  smallestRadius,
} from "../../lib/networks/mass_table.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { networkOf } from "./network_of.ts";

Deno.test("keptByLayer() tells the layers whose nodes are dropped", () => {
  const network = goldenNetwork("pythia-14m", 0, 0);
  const layers = keptByLayer(network, growBoxes(network));
  assert.equal(layers.length, 30);
  for (const { layer, nodes, kept, dropped } of layers) {
    const size = { "query, key, value": 96, "feed-forward hidden": 64 }[layer.role] ?? 32;
    assert.deepEqual(
      [nodes, kept, dropped],
      layer.learned ? [size, size, 0] : [96, 0, 96],
      layer.name,
    );
  }
});

Deno.test("smallestRadius() counts the edges that round to the first radius, over all selected nodes", () => {
  const network = networkOf([[1.6, 2.4, 7, 9], [2.2, 30, 31], [1.9]]);
  const masses = growBoxes(network, { minimumEdges: 2 });
  assert.deepEqual(smallestRadius(masses), { radius: 2, edges: 3 });
});

Deno.test("smallestRadius() of a table without radii says what to do", () => {
  assert.throws(() => smallestRadius(growBoxes(networkOf([[2]]))), /raise it/);
});

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

Deno.test("drawnShare() is the share of the neurons with learned out-edges", () => {
  const layer = { name: "input", block: 0, role: "input", size: 4, learned: true };
  const fixed = { ...layer, name: "pattern", learned: false };
  const nodeLayers = Uint16Array.of(0, 1, 1, 1);
  assert.equal(drawnShare({ nodeLayers, layers: [layer, fixed] }), 0.25);
  assert.equal(drawnShare({ nodeLayers: new Uint16Array(0), layers: [fixed] }), 0);
});
