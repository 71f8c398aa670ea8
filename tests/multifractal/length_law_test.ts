import assert from "node:assert/strict";
import { gaussianLengths, observedLengths } from "../../lib/multifractal/length_law.ts";
import { normals } from "../golden/seeded_normals.ts";

const at = { threshold: 4, digits: 0 };

Deno.test("Gaussian lengths have the probabilities of their rounded lengths, from 1 up to the threshold", () => {
  // P(d ≤ r) = 2 Φ(−1 / (r sigma)) by Python's math.erfc, sigma 0.5.
  const upTo: Record<string, number> = {
    1: 0.0455002638963584,
    1.5: 0.182422439451736,
    2.5: 0.423710797166793,
    3.5: 0.567709166197353,
    4: 0.617075077451974,
  };
  const { within } = gaussianLengths(0.5, at);
  const expected = [
    0,
    upTo[1.5]! - upTo[1]!,
    upTo[2.5]! - upTo[1.5]!,
    upTo[3.5]! - upTo[2.5]!,
    upTo[4]! - upTo[3.5]!,
  ];
  within.forEach((probability, bin) => {
    assert.ok(Math.abs(probability - expected[bin]!) < 1e-14, `${bin}: ${probability}`);
  });
});

Deno.test("observed lengths are those of many Gaussian weights, and round halves to even", () => {
  const many = observedLengths(normals("many", 200_000).map((w) => w * 0.5), at).within;
  gaussianLengths(0.5, at).within.forEach((probability, bin) => {
    assert.ok(Math.abs(probability - many[bin]!) < 0.005, `${bin}`);
  });
  assert.deepEqual([...observedLengths([1 / 2.5, 1, -0.4, 0.2], at).within], [0, 0, 0.5, 0, 0]);
});

Deno.test("what is no distribution is refused with its value", () => {
  assert.throws(
    () => gaussianLengths(0, at),
    /^RangeError: sigma must be a number above 0, but it is 0$/,
  );
  assert.throws(() => observedLengths([], at), /there is no weight/);
  assert.throws(() => observedLengths([NaN], at), /a weight is NaN; give finite numbers/);
});
