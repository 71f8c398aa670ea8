import assert from "node:assert/strict";
import { scaleMap } from "../../lib/emergence/scale_map.ts";
import { untrainedKinds } from "../../lib/emergence/untrained_kinds.ts";

Deno.test("an untrained model has four kinds of neurons in each block, with the deviations of its initialisation", () => {
  const kinds = untrainedKinds({ width: 64, layers: 4, layerSample: 16 });
  const found = kinds({ threshold: 150, digits: 0 }, 1);
  assert.deepEqual(found.map(({ neurons, edges }) => [neurons, edges[0]!.edges]), [
    [64, 48],
    [64, 16],
    [64, 32],
    [128, 16],
  ]);
  // P(|w| ≥ 1 / 150) for sqrt(2 / 320) = 0.0791 and 2 / 32 = 0.0625, by tables of the normal distribution.
  const within = found.map(({ edges: [group] }) =>
    group!.lengths.within.reduce((sum, probability) => sum + probability, 0).toFixed(3)
  );
  assert.deepEqual(within, ["0.933", "0.915", "0.933", "0.915"]);
});

Deno.test("Pythia's shapes give the E of weights that only grow, to what a first calculation gave", () => {
  const shapes = { "70m": [512, 6], "410m": [1024, 24], "1b": [2048, 16] } as const;
  const first = { "70m": [0.27, 0.39], "410m": [0.46, 0.82], "1b": [0.39, 0.71] };
  for (const [size, [width, layers]] of Object.entries(shapes)) {
    const kinds = untrainedKinds({ width, layers, layerSample: 32 });
    const rows = scaleMap(kinds, { scales: [2, 3], thresholds: [150] });
    rows.forEach(({ E }, i) => {
      const wanted = first[size as keyof typeof first][i]!;
      assert.ok(Math.abs(E - wanted) < 0.03, `${size}: ${E}, ${wanted}`);
    });
  }
});

Deno.test("a shape that is none is refused by name", () => {
  assert.throws(
    () => untrainedKinds({ width: 0, layers: 4, layerSample: 16 }),
    /RangeError: width/,
  );
});
