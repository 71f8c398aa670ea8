import assert from "node:assert/strict";
import { atAllRadii, logsUpTo, nodeSums } from "../../lib/multifractal/node_sums.ts";
import { plainPartitionSums } from "../../lib/multifractal/partition_sums.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { RandomDraws } from "../../lib/statistics/random_draws.ts";

/** Histograms of [nodes × (radii + 2)]: edges at some of the radii only, and two columns that are no radii. */
function drawHistograms(nodes: number, radii: number, occurring: readonly number[]) {
  const draws = new RandomDraws("histograms"), columns = radii + 2;
  const counts = new Uint32Array(nodes * columns);
  for (let node = 0; node < nodes; node++) {
    const most = node % 3 === 0 ? 2 : 60;
    for (const j of occurring) counts[node * columns + j] = Math.floor(most * draws.uniform());
    counts.fill(999, node * columns + radii, (node + 1) * columns);
  }
  return { counts, nodes, columns, radii };
}

const minimumEdges = 25;
const gaps: Record<string, readonly number[]> = {
  "every radius": [...Array(20).keys()],
  "a run of radii": [...Array(20).keys()].slice(4, 15),
  "few radii": [3, 9, 17],
  "few radii, the first among them": [0, 1, 9],
};

for (const [name, occurring] of Object.entries(gaps)) {
  Deno.test(`nodeSums() of nodes with edges at ${name} gives the plain sums over those with enough edges`, () => {
    const histograms = drawHistograms(50, 20, occurring), { counts, columns, radii } = histograms;
    const q = qGrid({ min: -4, max: 4, step: 0.5 });
    const found = nodeSums({ ...histograms, minimumEdges }, q);
    const own = Array.from(
      { length: 50 },
      (_, node) => counts.subarray(node * columns, node * columns + radii),
    );
    const edges = own.map((row) => row.reduce((a, b) => a + b, 0));
    assert.deepEqual([...found.edges], edges);
    const selected = own.filter((_, node) => edges[node]! > minimumEdges);
    assert.ok(selected.length > 20 && selected.length < 50);
    assert.deepEqual(
      [...found.edgesAt],
      Array.from({ length: radii }, (_, j) => selected.reduce((sum, row) => sum + row[j]!, 0)),
    );
    const expected = plainPartitionSums({
      radii: new Float64Array(radii),
      counts: Uint32Array.from(selected.flatMap((row) => [...row])),
      selected: new Uint32Array(selected.length),
      ...{ nodes: 50, edges: 0 },
    }, q);
    for (const sums of ["powers", "logMasses"] as const) {
      const all = atAllRadii(found[sums], found.columns, radii);
      assert.equal(all.length, expected[sums].length);
      all.forEach((sum, k) =>
        assert.ok(Math.abs(sum - expected[sums][k]!) <= 1e-13 * expected[sums][k]!, `${sums} ${k}`)
      );
    }
  });
}

Deno.test("nodeSums() gives the same bits where most of many columns are empty, and nodes are summed in parts", () => {
  const occurring = Array.from({ length: 150 }, (_, j) => j), spread = 101;
  const narrow = drawHistograms(300, 150, occurring);
  const columns = spread * narrow.columns, counts = new Uint32Array(300 * columns);
  narrow.counts.forEach((edges, k) => counts[spread * k] = edges);
  const wide = { counts, columns, nodes: 300, radii: spread * 150 };
  assert.ok(counts.length > 2 ** 22);
  const expected = nodeSums({ ...narrow, minimumEdges }, qGrid());
  const found = nodeSums({ ...wide, minimumEdges }, qGrid());
  assert.deepEqual(found.columns, expected.columns.map((column) => spread * column));
  for (const sums of ["edges", "powers", "logMasses"] as const) {
    assert.deepEqual(found[sums], expected[sums]);
  }
});

Deno.test("nodeSums() without a selected node, a node or a radius has sums of 0", () => {
  const q = qGrid(), histograms = drawHistograms(5, 20, [3, 4]);
  for (
    const none of [
      { ...histograms, minimumEdges: 10_000 },
      { ...histograms, nodes: 0, minimumEdges },
      { ...histograms, radii: 0, minimumEdges },
    ]
  ) {
    const { powers, logMasses, columns, edgesAt } = nodeSums(none, q);
    assert.ok(atAllRadii(powers, columns, none.radii).every((sum) => sum === 0));
    assert.equal(atAllRadii(logMasses, columns, none.radii).length, none.radii);
    assert.ok(edgesAt.every((edges) => edges === 0));
  }
});

Deno.test("logsUpTo() gives the logarithms of whole numbers", () => {
  for (const mass of [1, 3, 2, 5000]) {
    const logs = logsUpTo(mass);
    assert.ok(logs.length > mass);
    logs.forEach((log, m) => assert.equal(log, Math.log(m)));
  }
});
