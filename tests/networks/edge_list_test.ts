import assert from "node:assert/strict";
import { edgeList } from "../../lib/networks/edge_list.ts";
import { tiny, tinyLinks } from "./tiny_network.ts";

Deno.test("edgeList() lists the published code's edges in its order, without zeros of either sign", async () => {
  const links = await tinyLinks();
  assert.deepEqual([...edgeList(links)], tiny.edges.flat());
  const zeros = links.links.flatMap(({ weights }) => [...weights]).filter((weight) => weight === 0);
  assert.ok(zeros.some((zero) => Object.is(zero, -0)), "a negative zero is among the weights");
});
