import assert from "node:assert/strict";
import { measureNfd } from "../../lib/nfd/nfd.ts";
import { allClose, readGolden } from "../golden/golden.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { networkOf } from "../networks/network_of.ts";

for (const [file, model] of [["h128", "pythia-14m"], ["h512", "pythia-70m-deduped"]] as const) {
  Deno.test(`measureNfd() matches all 18 networks of nfd_${file}.json`, () => {
    const { networks } = readGolden<
      { networks: { step: number; sample: number; nfd: number[] }[] }
    >(
      `nfd_${file}`,
    );
    assert.equal(networks.length, 18);
    for (const { step, sample, nfd } of networks) {
      const network = goldenNetwork(model, step, sample);
      const nodes = measureNfd(network);
      allClose(nodes.map(({ value }) => value), nfd, 1e-13, `step ${step} sample ${sample}`);
      for (const { layer, status, value } of nodes) {
        assert.equal(status === "never", !network.layers[layer]!.learned);
        assert.equal(status === "ok", value !== 0);
      }
    }
  });
}

Deno.test("measureNfd() matches every corner case", () => {
  const { node_dimension } = readGolden<{
    node_dimension: {
      name: string;
      mat: number[][];
      threshold: number;
      fdigi: number;
      nfd: number[];
      zero_is_int: boolean[];
    }[];
  }>("unit_cases");
  assert.equal(node_dimension.length, 6);
  for (const { name, mat, threshold, fdigi, nfd, zero_is_int } of node_dimension) {
    const nodes = measureNfd(networkOf(mat), { nfdThreshold: threshold, digits: fdigi });
    allClose(nodes.map(({ value }) => value), nfd, 1e-13, name);
    // The published code marks a node that has no dimension by an integer 0.
    assert.deepEqual(nodes.map(({ status }) => status !== "ok"), zero_is_int, name);
  }
});

Deno.test("measureNfd() tells why a node has none", () => {
  const lengths = (count: number, length: number) => Array.from({ length: count }, () => length);
  const network = networkOf([
    [...lengths(11, 3), 4],
    [...lengths(10, 3), ...lengths(5, 500)],
    lengths(12, 3),
    lengths(10, 3),
  ]);
  const fixed = { ...network.layers[0]!, learned: false };
  const statuses = (layers = network.layers) =>
    measureNfd({ ...network, layers }).map(({ status }) => status);
  assert.deepEqual(statuses(), ["ok", "too few edges", "fewer than two radii", "never"]);
  assert.deepEqual(statuses([fixed]), ["never", "never", "never", "never"]);
  assert.deepEqual(measureNfd(network).map(({ edges }) => edges), [12, 10, 12, 10]);
});

Deno.test("measureNfd() refuses options that are unknown or out of range", () => {
  const network = networkOf([[2, 3]]);
  assert.throws(
    () => measureNfd(network, { digit: 1 } as object),
    /did you mean "digits"/,
  );
  assert.throws(
    () => measureNfd(network, { nfdThreshold: 0 }),
    /nfdThreshold must be .* it is 0/,
  );
  assert.throws(() => measureNfd(network, { minimumEdges: 0.5 }), /it is 0.5/);
  assert.throws(() => measureNfd(network, { digits: 10 }), /it is 10/);
});
