import assert from "node:assert/strict";
import { edgeList, linkedFromEdges } from "../../lib/networks/edge_list.ts";
import { tiny, tinyArchitecture, tinyLinks } from "./tiny_network.ts";
import { sampledNetwork } from "../../lib/networks/network.ts";

Deno.test("edgeList() lists the published code's edges in its order, without zeros of either sign", async () => {
  const links = await tinyLinks();
  assert.deepEqual([...edgeList(links)], tiny.edges.flat());
  const zeros = links.links.flatMap(({ weights }) => [...weights]).filter((weight) => weight === 0);
  assert.ok(zeros.some((zero) => Object.is(zero, -0)), "a negative zero is among the weights");
});

const all = tinyArchitecture.layers;

Deno.test("linkedFromEdges() undoes edgeList(): the same rows and the same network", async () => {
  const linked = await tinyLinks();
  const rows = edgeList(linked);
  const back = linkedFromEdges(rows, all);
  assert.ok(rows.length > 300);
  assert.deepEqual(edgeList(back), rows);
  assert.deepEqual(sampledNetwork(back), sampledNetwork(linked));
});

Deno.test("linkedFromEdges() places the first and last node of a layer in it", () => {
  // Block 1 of hidden size 8: input from 80, query to value from 88, feed-forward hidden to 159.
  const rows = Float64Array.of(...[80, 88, 1], ...[87, 88, 1], ...[88, 112, 1], ...[159, 167, 1]);
  const { layers, links } = linkedFromEdges(rows, all);
  assert.deepEqual(links.map(({ layer }) => layers[layer]!.name), [
    "block 1 block input",
    "block 1 block input",
    "block 1 query, key, value",
    "block 1 feed-forward hidden",
  ]);
});

Deno.test("linkedFromEdges() of no rows has layers and no links", () => {
  const { layers, links } = linkedFromEdges(new Float64Array(), all);
  assert.deepEqual([layers.length, links.length], [10, 0]);
});

Deno.test("linkedFromEdges() refuses nodes that are not of such a model", () => {
  for (const node of [160, -1, 2.5, NaN]) {
    assert.throws(
      () => linkedFromEdges(Float64Array.of(0, 8, 1, node, 8, 1), all),
      new RegExp(`an edge leaves node ${node}, but .* leave the nodes 0 to 159$`),
    );
  }
  for (const node of [168, -1, 8.5, NaN]) {
    assert.throws(
      () => linkedFromEdges(Float64Array.of(0, node, 1), all),
      new RegExp(`an edge reaches node ${node}, but such a model has the nodes 0 to 167$`),
    );
  }
});
