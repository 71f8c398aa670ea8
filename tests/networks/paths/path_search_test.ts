import assert from "node:assert/strict";
import type { PathGraph } from "../../../lib/networks/paths/path_graph.ts";
import { PathSearch } from "../../../lib/networks/paths/path_search.ts";

/** A graph of so many vertices; an edge with a fourth entry may not open a path. */
function graphOf(vertices: number, edges: [number, number, number, "later"?][]): PathGraph {
  const sorted = edges.toSorted(([a], [b]) => a - b);
  return {
    nodes: vertices,
    edges: edges.length,
    vertices,
    offsets: Uint32Array.from(
      { length: vertices + 1 },
      (_, i) => sorted.filter(([source]) => source < i).length,
    ),
    targets: Int32Array.from(sorted, ([, target]) => target),
    lengths: Int32Array.from(sorted, ([, , length]) => length),
    opens: Uint8Array.from(sorted, ([, , , later]) => later ? 0 : 1),
  };
}

/** Distance → number of vertices, without the distances at which there is none. */
function found(search: PathSearch): Record<number, number> {
  return Object.fromEntries([...search.found.entries()].filter(([, number]) => number > 0));
}

Deno.test("PathSearch counts a vertex once, at the shortest of its paths and parallel edges", () => {
  const search = new PathSearch(
    graphOf(4, [[0, 1, 5], [0, 1, 3], [0, 2, 4], [1, 3, 4], [2, 3, 2]]),
    { bound: 20, layers: 2 },
  );
  assert.equal(search.from(0), 3);
  assert.deepEqual(found(search), { 3: 1, 4: 1, 6: 1 });
});

Deno.test("PathSearch keeps a longer path of fewer edges where the shorter may not go on", () => {
  // 0 → 1 → 2 → 3 has length 3 but three edges; 0 → 2 → 3 has two.
  const graph = graphOf(4, [[0, 1, 1], [1, 2, 1], [0, 2, 7], [2, 3, 1]]);
  const distances = (layers: number) => {
    const search = new PathSearch(graph, { bound: 20, layers });
    search.from(0);
    return found(search);
  };
  assert.deepEqual(distances(1), { 1: 1, 7: 1 });
  assert.deepEqual(distances(2), { 1: 1, 2: 1, 8: 1 });
  assert.deepEqual(distances(3), { 1: 1, 2: 1, 3: 1 });
  assert.deepEqual(distances(2 ** 40), { 1: 1, 2: 1, 3: 1 });
});

Deno.test("PathSearch finds such a path even after the shorter one has arrived", () => {
  // 3 is reached at 3 by three edges; at 5, vertex 4 leads to it by two, and from there 5 is in reach.
  const graph = graphOf(6, [[0, 1, 1], [1, 2, 1], [2, 3, 1], [0, 4, 5], [4, 3, 5], [3, 5, 1]]);
  const search = new PathSearch(graph, { bound: 20, layers: 3 });
  assert.equal(search.from(0), 5);
  assert.deepEqual(found(search), { 1: 1, 2: 1, 3: 1, 5: 1, 11: 1 });
});

Deno.test("PathSearch never counts the source, even on a circle, and forgets one search before the next", () => {
  const search = new PathSearch(graphOf(3, [[0, 1, 2], [1, 2, 3], [2, 0, 4]]), {
    bound: 100,
    layers: 10,
  });
  for (const _ of [1, 2]) {
    assert.deepEqual([search.from(0), found(search)], [2, { 2: 1, 5: 1 }]);
    assert.deepEqual([search.from(2), found(search)], [2, { 4: 1, 6: 1 }]);
  }
});

Deno.test("PathSearch takes an edge that may not open a path only from the second edge on", () => {
  const search = new PathSearch(graphOf(3, [[0, 1, 2], [1, 2, 1, "later"]]), {
    bound: 9,
    layers: 2,
  });
  assert.deepEqual([search.from(0), found(search)], [2, { 2: 1, 3: 1 }]);
  assert.deepEqual([search.from(1), found(search)], [0, {}]);
});

Deno.test("PathSearch finds what is exactly at the bound and nothing beyond", () => {
  const graph = graphOf(4, [[0, 1, 4], [1, 2, 6], [1, 3, 7]]);
  const search = new PathSearch(graph, { bound: 10, layers: 2 });
  assert.equal(search.from(0), 2);
  assert.deepEqual(found(search), { 4: 1, 10: 1 });
});

Deno.test("PathSearch takes more memory where there are more paths than it has room for", () => {
  const edges: [number, number, number][] = [];
  for (let i = 1; i <= 60; i++) {
    edges.push([0, i, i]);
    for (let j = 61; j <= 120; j++) edges.push([i, j, 100 + j - i]);
  }
  const search = new PathSearch(graphOf(121, edges), { bound: 1000, layers: 2 });
  // Every one of 61 … 120 is at 100 + j whichever way a path goes.
  const expected = Array.from({ length: 60 }, (_, i) => [[i + 1, 1], [161 + i, 1]]).flat();
  assert.equal(search.from(0), 120);
  assert.deepEqual(found(search), Object.fromEntries(expected));
});
