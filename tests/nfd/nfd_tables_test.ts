import assert from "node:assert/strict";
import { measureNfd } from "../../lib/nfd/nfd.ts";
import { type NfdStatistics, nfdStatistics, nfdTable } from "../../lib/nfd/nfd_tables.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { close, readGolden } from "../golden/golden.ts";

Deno.test("nfdTable() names each node's layer and role, structural nodes by their status", () => {
  const network = goldenNetwork("pythia-14m", 143000, 0);
  const rows = nfdTable(network, measureNfd(network));
  assert.deepEqual(Object.keys(rows[0]!), [
    ...["nodeId", "layer", "role", "nfdValue", "edges", "status"],
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
  assert.equal(last.nodeId, network.nodeIds.at(-1));
  assert.deepEqual([last.layer, last.role], [
    "block 5 feed-forward hidden",
    "feed-forward hidden",
  ]);
  const fixed = rows.find(({ status }) => status === "never")!;
  assert.deepEqual([fixed.edges, fixed.nfdValue], [1, 0]);
});

interface GoldenStatistics {
  step: number;
  sample: number;
  published: NfdStatistics;
  structural_excluded: NfdStatistics;
}

const golden = readGolden<Record<"h128" | "h512", GoldenStatistics[]>>("nfd_statistics");

for (const [file, model] of [["h128", "pythia-14m"], ["h512", "pythia-70m-deduped"]] as const) {
  Deno.test(`nfdStatistics() matches NumPy on all 18 networks of ${file}, with and without structural zeros`, () => {
    assert.equal(golden[file].length, 18);
    for (const { step, sample, published, structural_excluded } of golden[file]) {
      const network = goldenNetwork(model, step, sample);
      const nodes = nfdTable(network, measureNfd(network));
      const what = `step ${step} sample ${sample}`;
      compare(nfdStatistics(nodes), structural_excluded, what);
      compare(
        nfdStatistics(nodes, { includeStructural: true }),
        published,
        `${what}, all nodes`,
      );
    }
  });
}

Deno.test("nfdStatistics() keeps a node that has no dimension now but could have one, as 0", () => {
  const { structural_excluded } = golden.h512.find(({ step, sample }) =>
    step === 143000 && sample === 0
  )!;
  assert.deepEqual([structural_excluded.min, structural_excluded.count], [0, 960]);
  const nodes = [
    { nfdValue: 1, status: "ok" },
    { nfdValue: 0, status: "too few edges" },
    { nfdValue: 0, status: "fewer than two radii" },
    { nfdValue: 0, status: "never" },
  ];
  const { mean, median, std, min, max, range, count } = nfdStatistics(nodes);
  assert.deepEqual([mean, median, min, max, range, count], [1 / 3, 0, 0, 1, 1, 3]);
  close(std, Math.sqrt(1 / 3), 1e-15, "std");
});

Deno.test("nfdStatistics() of one node has no standard deviation", () => {
  const { mean, std, count } = nfdStatistics([{ nfdValue: 0.5, status: "ok" }]);
  assert.deepEqual([mean, std, count], [0.5, NaN, 1]);
});

Deno.test("nfdStatistics() counts 0 nodes where none can have a dimension, and gives no number", () => {
  const never = [{ nfdValue: 0, status: "never" }];
  for (const nodes of [never, []]) {
    assert.deepEqual(nfdStatistics(nodes), {
      ...{ mean: NaN, median: NaN, std: NaN, min: NaN, max: NaN, range: NaN },
      count: 0,
    });
  }
  assert.equal(nfdStatistics(never, { includeStructural: true }).mean, 0);
  assert.throws(
    () => nfdStatistics(never, { includeStructual: true } as object),
    /did you mean "includeStructural"/,
  );
});

function compare(
  actual: NfdStatistics,
  expected: NfdStatistics,
  what: string,
) {
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) {
    close(actual[name as keyof typeof actual], value, 1e-13, `${what}: ${name}`);
  }
}
