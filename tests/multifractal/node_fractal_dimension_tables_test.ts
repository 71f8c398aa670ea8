import assert from "node:assert/strict";
import { nodeFractalDimensions } from "../../lib/multifractal/node_fractal_dimension.ts";
import { nodeFractalDimensionTable } from "../../lib/multifractal/node_fractal_dimension_tables.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";

Deno.test("nodeFractalDimensionTable() names each node's layer and role, structural nodes by their status", () => {
  const network = goldenNetwork("pythia-14m", 143000, 0);
  const rows = nodeFractalDimensionTable(network, nodeFractalDimensions(network));
  assert.deepEqual(Object.keys(rows[0]!), [
    ...["node_id", "layer", "role", "nfd_value", "edges", "status"],
  ]);
  const counts = Map.groupBy(rows, ({ role, status }) => `${role}: ${status}`);
  assert.deepEqual(
    Object.fromEntries([...counts].map(([key, group]) => [key, group.length])),
    {
      "block input: ok": 6 * 32,
      "query, key, value: never": 6 * 96,
      "attention output: ok": 6 * 32,
      "feed-forward input: ok": 6 * 32,
      "feed-forward hidden: ok": 6 * 64,
    },
  );
  const last = rows.at(-1)!;
  assert.equal(last.node_id, network.nodeIds.at(-1));
  assert.deepEqual([last.layer, last.role], [
    "block 5 feed-forward hidden",
    "feed-forward hidden",
  ]);
  const fixed = rows.find(({ status }) => status === "never")!;
  assert.deepEqual([fixed.edges, fixed.nfd_value], [1, 0]);
});
