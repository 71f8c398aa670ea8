import assert from "node:assert/strict";
import { scaleMap } from "../../lib/emergence/scale_map.ts";
import { expectedSpectrum, type NeuronKind } from "../../lib/multifractal/expected_spectrum.ts";
import { gaussianLengths, type LengthLawOptions } from "../../lib/multifractal/length_law.ts";

const kinds = (options: LengthLawOptions, scale: number): NeuronKind[] => [
  { neurons: 640, edges: [{ edges: 96, lengths: gaussianLengths(0.03 * scale, options) }] },
];

Deno.test("E at a scale compares the spectrum of scaled weights with that of unscaled ones, at the same threshold", () => {
  const rows = scaleMap(kinds, { scales: [0.5, 1, 2], thresholds: [60, 150] });
  assert.deepEqual(rows.map(({ threshold, scale }) => [threshold, scale]), [
    ...[[60, 0.5], [60, 1], [60, 2]],
    ...[[150, 0.5], [150, 1], [150, 2]],
  ]);
  const at = (scale: number) => {
    const found = expectedSpectrum(kinds({ threshold: 150, digits: 0 }, scale));
    if (found.status !== "ok") throw new Error(found.reason);
    return found;
  };
  const before = at(1), after = at(2), { E, alpha0, width } = rows.at(-1)!;
  assert.equal(E, after.width / before.width * Math.log(before.alpha0 / after.alpha0));
  assert.deepEqual([alpha0, width], [after.alpha0, after.width]);
  assert.deepEqual(rows.map(({ E }) => Math.sign(E)), [-1, 0, 1, -1, 0, 1]);
});

Deno.test("where too few edges count there is no E, and the row says why", () => {
  const [small, same] = scaleMap(kinds, { scales: [0.01, 1], thresholds: [150] });
  assert.equal(small!.E, NaN);
  assert.match(small!.status, /no neuron is expected to have enough edges/);
  assert.deepEqual([same!.E, same!.status], [0, "ok"]);
  const [unread] = scaleMap((options, scale) => kinds(options, 0.01 * scale), {
    ...{ scales: [100], thresholds: [150] },
  });
  assert.match(unread!.status, /^unscaled no neuron/);
  assert.ok(unread!.alpha0 > 0);
});

Deno.test("scales and thresholds that are none are refused", () => {
  const all = { scales: [1], thresholds: [150] };
  assert.throws(() => scaleMap(kinds, { ...all, scales: [] }), /there are no scales/);
  assert.throws(() => scaleMap(kinds, { ...all, thresholds: [] }), /there are no thresholds/);
  assert.throws(() => scaleMap(kinds, { ...all, scales: [1, 0] }), /above 0, but one is 0/);
  assert.throws(() => scaleMap(kinds, { ...all, treshold: 3 } as never), /"treshold"/);
});
