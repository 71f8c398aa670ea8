import assert from "node:assert/strict";
import { baselineRun } from "../../lib/emergence/baselines/baselines.ts";
import { degreeDistribution } from "../../lib/emergence/degree_distribution.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { sampledNetwork } from "../../lib/networks/network.ts";

function sample(step: number, sample: number, weights: readonly number[]) {
  const layer = { name: "input", role: "input", block: 0, size: 8, learned: true };
  const linked = {
    layers: [layer],
    links: [{
      ...{ layer: 0, sources: Int32Array.from(weights, (_, i) => i), targets: Int32Array.of(9) },
      weights: Float64Array.from(weights),
    }],
  };
  return { model: "toy", step, sample, digest: "", linked, network: sampledNetwork(linked) };
}

Deno.test("degreeDistribution() takes the neurons of all samples of a step together", async () => {
  const rows = await degreeDistribution([
    sample(0, 0, [1, -2, 3]),
    sample(0, 1, [4, 5]),
    sample(512, 0, [2, 2]),
  ]);
  assert.deepEqual(rows.map(({ step, role, neurons }) => [step, role, neurons]), [
    ...[[0, "all", 5], [0, "input", 5], [512, "all", 2], [512, "input", 2]],
  ]);
  const [first] = rows;
  assert.deepEqual([first!.mean, first!.median, first!.lowerQuartile, first!.upperQuartile], [
    ...[3, 3, 2, 4],
  ]);
  assert.equal(first!.low.toFixed(12), "1.200000000000");
  assert.equal(first!.largest, 5);
  assert.equal(first!.deviation.toFixed(12), Math.sqrt(2.5).toFixed(12));
  assert.deepEqual([rows[2]!.variation, rows[2]!.deviation], [0, 0]);
});

Deno.test("where all neurons of a kind are drawn with all edges, their mean degree is that of the matrices", async () => {
  const run = await openRun("suite:nano-32");
  const rows = await degreeDistribution(sampleNetworks(run, { samples: 1, steps: [0] }));
  const whole = await baselineRun(run, { largestSide: 1 });
  for (
    const [role, matrix] of [["block input", "query_key_value"], ["attention output", "dense"]]
  ) {
    const matrices = whole.filter((row) => row.step === 0 && row.role === `attention.${matrix}`);
    const mean = matrices.reduce((sum, one) => sum + one.meanWeightedDegree / matrices.length, 0);
    const drawn = rows.find((row) => row.role === role)!;
    assert.ok(Math.abs(drawn.mean - mean) < 1e-12, role ?? "all");
  }
});
