import assert from "node:assert/strict";
import { drawnBlock, networkGraphFigure } from "../../../lib/figures/networks/network_graph.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { toyLinked } from "../toy_linked.ts";

const options = { network: "toy at step 0", neurons: 2 };

Deno.test("networkGraphFigure() names layers and neurons, and tells how much of the sample is drawn", () => {
  const figure = networkGraphFigure(toyLinked, options);
  const texts = drawnTexts(figure);
  assert.equal(texts[0], "Block 0 of toy at step 0 as a network of neurons");
  for (const text of ["input", "middle", "fixed pattern, d = 1", "3"]) {
    assert.ok(texts.includes(text), text);
  }
  assert.match(figure.caption, /2, 4, 2 neurons of 2, 4, 2 .* all 7 edges .* of 7 that the sample/);
});

Deno.test("networkGraphFigure() draws every edge, a quarter in each colour, the shortest last and thickest", () => {
  const { svg } = networkGraphFigure(toyLinked, options);
  const groups = [
    ...svg.matchAll(/<g aria-label="link"[^>]*?stroke-width="([\d.]+)"[^>]*>(.*?)<\/g>/gs),
  ]
    .map(([, width, paths]) => [Number(width), paths!.match(/<path/g)?.length]);
  assert.deepEqual(groups, [[0.6, 8], [0.5, 2], [0.8, 2], [1.3, 2], [2.2, 1]]);
});

Deno.test("networkGraphFigure() says nothing of a pattern where there is none, and draws the same bytes twice", () => {
  const linked = {
    layers: toyLinked.layers.slice(0, 1),
    links: toyLinked.links.slice(0, 1),
  };
  const figure = networkGraphFigure(linked, options);
  assert.doesNotMatch(figure.caption, /pattern/);
  assert.ok(!drawnTexts(figure).includes("fixed pattern, d = 1"));
  assert.equal(networkGraphFigure(linked, options).svg, figure.svg);
});

Deno.test("drawnBlock() takes the first neurons of each draw, so that paired ones stay together", () => {
  const { columns } = drawnBlock(toyLinked, 0, 1);
  // The middle layer's sample is two draws of two: 0 and 1, and their partners 2 and 3.
  assert.deepEqual(columns.map(({ nodes }) => nodes.map(({ number }) => number)), [
    [1],
    [0, 2],
    [0],
  ]);
  assert.deepEqual(columns.map(({ role, size }) => [role, size]), [
    ["input", 2],
    ["middle", 4],
    ["block output", 2],
  ]);
});

Deno.test("drawnBlock() places neurons from the top of their column to the bottom", () => {
  const { columns } = drawnBlock(toyLinked, 0, 2);
  assert.deepEqual(columns[1]!.nodes.map(({ x, y }) => [x, y]), [
    [1, 0.875],
    [1, 0.625],
    [1, 0.375],
    [1, 0.125],
  ]);
});

Deno.test("drawnBlock() keeps weights and the fixed pattern apart, and counts the weights of the sample", () => {
  const { edges, pattern, sampledEdges } = drawnBlock(toyLinked, 0, 2);
  assert.deepEqual(edges.map(({ length }) => length), [1 / 0.1, 2, 1 / 0.3, 2.5, 4, 1, 0.5]);
  assert.equal(pattern.length, 8);
  // Eight weights, one of them zero.
  assert.equal(sampledEdges, 7);
  const first = edges[0]!;
  assert.deepEqual([first.x1, first.y1, first.x2, first.y2], [0, 0.75, 1, 0.875]);
});

Deno.test("drawnBlock() calls a layer of another block the next one", () => {
  const layers = toyLinked.layers.map((layer, i) => ({ ...layer, block: i }));
  const { columns } = drawnBlock({ ...toyLinked, layers }, 0, 1);
  assert.deepEqual(columns.map(({ role }) => role), ["input", "next middle"]);
});

Deno.test("drawnBlock() refuses a block that is not there, a number that is none, and neurons without a weight", () => {
  assert.throws(() => drawnBlock(toyLinked, 3, 1), /has the blocks 0 to 0, but not 3/);
  for (const neurons of [0, 1.5, NaN]) {
    assert.throws(() => drawnBlock(toyLinked, 0, neurons), /neurons must be an integer from 1/);
  }
  const links = toyLinked.links.map((link) => ({ ...link, weights: link.weights.map(() => 0) }));
  assert.throws(() => drawnBlock({ ...toyLinked, links }, 0, 1), /no weight joins the first 1/);
});
