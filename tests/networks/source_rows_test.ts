import assert from "node:assert/strict";
import type { Link } from "../../lib/networks/link.ts";
import { sourceRows } from "../../lib/networks/source_rows.ts";

Deno.test("sourceRows() lists ascending ids, and the rows of one neuron in the order of the links", () => {
  const link = (...sources: number[]): Link => ({
    layer: 0,
    sources: Int32Array.from(sources),
    targets: Int32Array.of(9),
    weights: new Float64Array(sources.length),
  });
  const links = [link(7, 3), link(5, 3), link(3)];
  assert.deepEqual(
    sourceRows(links).map(({ id, link, row }) => [id, links.indexOf(link), row]),
    [[3, 0, 1], [3, 1, 1], [3, 2, 0], [5, 1, 0], [7, 0, 0]],
  );
});
