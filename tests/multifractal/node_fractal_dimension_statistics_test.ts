import assert from "node:assert/strict";
import { nodeFractalDimensions } from "../../lib/multifractal/node_fractal_dimension.ts";
import {
  type NodeFractalDimensionStatistics,
  nodeFractalDimensionStatistics,
} from "../../lib/multifractal/node_fractal_dimension_statistics.ts";
import { nodeFractalDimensionTable } from "../../lib/multifractal/node_fractal_dimension_tables.ts";
import { close, readGolden } from "../golden/golden.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";

interface GoldenStatistics {
  step: number;
  sample: number;
  published: NodeFractalDimensionStatistics;
  structural_excluded: NodeFractalDimensionStatistics;
}

const golden = readGolden<Record<"h128" | "h512", GoldenStatistics[]>>("nfd_statistics");

for (const [file, model] of [["h128", "pythia-14m"], ["h512", "pythia-70m-deduped"]] as const) {
  Deno.test(`nodeFractalDimensionStatistics() matches NumPy on all 18 networks of ${file}, with and without structural zeros`, () => {
    assert.equal(golden[file].length, 18);
    for (const { step, sample, published, structural_excluded } of golden[file]) {
      const network = goldenNetwork(model, step, sample);
      const nodes = nodeFractalDimensionTable(network, nodeFractalDimensions(network));
      const what = `step ${step} sample ${sample}`;
      compare(nodeFractalDimensionStatistics(nodes), structural_excluded, what);
      compare(
        nodeFractalDimensionStatistics(nodes, { includeStructural: true }),
        published,
        `${what}, all nodes`,
      );
    }
  });
}

Deno.test("nodeFractalDimensionStatistics() keeps a node that has no dimension now but could have one, as 0", () => {
  const { structural_excluded } = golden.h512.find(({ step, sample }) =>
    step === 143000 && sample === 0
  )!;
  assert.deepEqual([structural_excluded.min, structural_excluded.count], [0, 960]);
  const nodes = [
    { nfd_value: 1, status: "ok" },
    { nfd_value: 0, status: "too few edges" },
    { nfd_value: 0, status: "fewer than two radii" },
    { nfd_value: 0, status: "never" },
  ];
  const { mean, median, std, min, max, range, count } = nodeFractalDimensionStatistics(nodes);
  assert.deepEqual([mean, median, min, max, range, count], [1 / 3, 0, 0, 1, 1, 3]);
  close(std, Math.sqrt(1 / 3), 1e-15, "std");
});

Deno.test("nodeFractalDimensionStatistics() of one node has no standard deviation", () => {
  const { mean, std, count } = nodeFractalDimensionStatistics([{ nfd_value: 0.5, status: "ok" }]);
  assert.deepEqual([mean, std, count], [0.5, NaN, 1]);
});

Deno.test("nodeFractalDimensionStatistics() counts 0 nodes where none can have a dimension, and gives no number", () => {
  const never = [{ nfd_value: 0, status: "never" }];
  for (const nodes of [never, []]) {
    assert.deepEqual(nodeFractalDimensionStatistics(nodes), {
      ...{ mean: NaN, median: NaN, std: NaN, min: NaN, max: NaN, range: NaN },
      count: 0,
    });
  }
  assert.equal(nodeFractalDimensionStatistics(never, { includeStructural: true }).mean, 0);
  assert.throws(
    () => nodeFractalDimensionStatistics(never, { includeStructual: true } as object),
    /did you mean "includeStructural"/,
  );
});

function compare(
  actual: NodeFractalDimensionStatistics,
  expected: NodeFractalDimensionStatistics,
  what: string,
) {
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) {
    close(actual[name as keyof typeof actual], value, 1e-13, `${what}: ${name}`);
  }
}
