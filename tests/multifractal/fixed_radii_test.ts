import assert from "node:assert/strict";
import { analyticAlpha0 } from "../../lib/multifractal/mass_exponent.ts";
import { binsOfRadii, massesAtRadii } from "../../lib/multifractal/fixed_radii.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { networkOf } from "../networks/network_of.ts";

const masses = growBoxes(networkOf([[2, 5, 5, 9], [3, 5, 5, 8]]), { minimumEdges: 2 });

Deno.test("massesAtRadii() gathers shorter lengths at the smallest radius and leaves longer ones out", () => {
  const { radii, counts, selected } = massesAtRadii(masses, { min: 4, max: 8, step: 2 });
  assert.deepEqual([...radii], [4, 6, 8]);
  assert.deepEqual([...counts], [1, 2, 0, 1, 2, 1]);
  assert.deepEqual([...selected], [0, 1]);
});

Deno.test("massesAtRadii() at decimals meets rounded lengths exactly", () => {
  const fine = growBoxes(networkOf([[1.3, 1.6, 1.7, 1.9]]), { minimumEdges: 2, digits: 1 });
  const { radii, counts } = massesAtRadii(fine, { min: 1.3, max: 1.9, step: 0.1 });
  assert.deepEqual([...radii], [1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9]);
  assert.deepEqual([...counts], [1, 0, 0, 1, 1, 0, 1]);
});

Deno.test("massesAtRadii() at the radii that occur changes nothing of a spectrum", () => {
  const golden = growBoxes(goldenNetwork("pythia-14m", 1000, 0));
  const [min, max] = [golden.radii[0]!, golden.radii.at(-1)!];
  assert.equal(golden.radii.length, max - min + 1, "every integer between them occurs");
  assert.deepEqual(massesAtRadii(golden, { min, max }), golden);
  assert.deepEqual(
    multifractalSpectrum(golden, { radii: { min, max } }),
    { ...multifractalSpectrum(golden), smallestRadii: [] },
  );
});

Deno.test("At fixed radii one edge of a new shortest length moves alpha_0 far less than at those that occur", () => {
  const rows = Array.from(
    { length: 100 },
    (_, i) => Array.from({ length: 60 }, (_, k) => 10 + (i + 7 * k) % 90),
  );
  const plain = growBoxes(networkOf(rows));
  const [first, ...others] = rows;
  const shorter = growBoxes(networkOf([[2, ...first!.slice(1)], ...others]));
  assert.equal(shorter.radii.length, plain.radii.length + 1);
  const moved = (radii: (masses: typeof plain) => typeof plain) =>
    Math.abs(analyticAlpha0(radii(shorter)) - analyticAlpha0(radii(plain)));
  const fixed = moved((masses) => massesAtRadii(masses, { min: 2, max: 99 }));
  const occurring = moved((masses) => masses);
  assert.ok(fixed > 0 && fixed < 0.002, `${fixed}`);
  assert.ok(occurring > 40 * fixed, `${occurring}`);
});

Deno.test("massesAtRadii() refuses radii that do not ascend evenly from above 0", () => {
  for (
    const [radii, message] of [
      [{ min: 0, max: 5 }, /smallest radius must be above 0, but it is 0/],
      [{ min: 5, max: 5 }, /range of radii 5:5:1 does not ascend/],
      [{ min: 1, max: 6, step: 2 }, /range of radii 1:6:2 does not end at 6/],
      [{ min: 1, max: NaN }, /range of radii 1:NaN:1 is not finite/],
      [{ min: 1, max: 20_001 }, /20001 radii, more than 10001/],
    ] as const
  ) assert.throws(() => massesAtRadii(masses, radii), message);
});

Deno.test("binsOfRadii() gives the longest rounded length that is no longer than each radius", () => {
  const at = (min: number, max: number, step: number, threshold: number, digits: number) =>
    binsOfRadii({ min, max, step }, { threshold, digits }).bins;
  assert.deepEqual(at(1, 4, 1, 4, 0), [1, 2, 3, 4]);
  assert.deepEqual(at(0.5, 4, 0.5, 4, 0), [0, 1, 1, 2, 2, 3, 3, 4]);
  assert.deepEqual(at(0.1, 0.7, 0.1, 0.7, 1), [1, 2, 3, 4, 5, 6, 7]);
  // Lengths up to 4.4 round to 4 at most.
  assert.deepEqual(at(2, 4, 1, 4.4, 0), [2, 3, 4]);
});

Deno.test("binsOfRadii() refuses radii that end elsewhere than at the threshold", () => {
  for (const max of [3, 5]) {
    assert.throws(
      () => binsOfRadii({ min: 1, max }, { threshold: 4, digits: 0 }),
      new RegExp(`must end at the threshold 4, .* but they end at ${max}; give that as`),
    );
  }
});
