import assert from "node:assert/strict";
import { correlationVectors } from "../../lib/benchmarks/correlation_coefficient.ts";
import { resampleBlocks } from "../../lib/benchmarks/resample_blocks.ts";
import { resampleX } from "../../lib/benchmarks/resampled_x.ts";

const x = Float64Array.from([2, 2, 5, 1, 1, 1, 1, 9]);
const time = Float64Array.from(x.keys(), Math.log1p);

Deno.test("resampleX() gives the vectors of the points drawn, none where they are all the same", () => {
  const resamples = resampleBlocks(8, 2, 200, 0), { points } = resamples;
  let without = 0;
  for (const control of [null, time]) {
    for (const method of ["pearson", "spearman"] as const) {
      const vectors = resampleX({ x, control }, method, resamples);
      for (let draw = 0; draw < 200; draw++) {
        const take = (values: Float64Array) =>
          Float64Array.from(points.subarray(8 * draw, 8 * draw + 8), (point) => values[point]!);
        const drawn = { x: take(x), y: take(x), control: control && take(control) };
        const { x: own, control: along } = correlationVectors(drawn, method);
        assert.deepEqual(vectors(draw), { x: own, control: along });
        if (own === null) without++;
      }
    }
  }
  assert.ok(without > 0, "some resample must hold one value alone");
});
