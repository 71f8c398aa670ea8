import assert from "node:assert/strict";
import { analyticAlpha0, massExponent } from "../../lib/multifractal/mass_exponent.ts";
import { generalizedDimensions } from "../../lib/multifractal/generalized_dimensions.ts";
import { partitionFunction } from "../../lib/multifractal/partition_function.ts";
import { close } from "../golden/golden.ts";
import { binomialAlpha, binomialCascade, binomialTau } from "./binomial_cascade.ts";

Deno.test("generalizedDimensions() of a binomial cascade with centres by measure are its own", () => {
  const masses = binomialCascade("by measure");
  const exponent = massExponent(partitionFunction(masses, [-1, 0, 0.1, 1, 2]));
  const rows = generalizedDimensions(exponent, { alpha0: analyticAlpha0(masses) });
  assert.deepEqual(rows.map(({ order }) => order), [0, 1, 1.1, 2, 3]);
  for (const { order, dimension, status } of rows) {
    assert.equal(status, "ok");
    const known = order === 1 ? binomialAlpha(1) : binomialTau(order) / (order - 1);
    close(dimension!, known, 1e-12, `D_${order}`);
  }
  close(rows[0]!.dimension!, 1, 1e-12, "the support is the unit interval");
});

Deno.test("generalizedDimensions() by box counting divides by q − 1 and has none at q = 1", () => {
  const q = [-1, 0, 1, 2];
  const rows = generalizedDimensions({ q, tau: q.map(binomialTau) }, { reading: "box counting" });
  close(rows[0]!.dimension!, binomialTau(-1) / -2, 1e-15, "D_-1");
  assert.equal(rows[1]!.dimension, 1);
  assert.equal(rows[2]!.dimension, null);
  assert.match(rows[2]!.status, /tau\(1\) is .* D_1 has a pole/);
  close(rows[3]!.dimension!, -Math.log2(0.0625 + 0.5625), 1e-15, "D_2");
});

Deno.test("generalizedDimensions() has no D_1 without alpha_0, and refuses what it does not know", () => {
  const [row] = generalizedDimensions({ q: [0], tau: [0] });
  assert.deepEqual(row, { order: 1, dimension: null, status: "D_1 is tau'(0): give alpha0" });
  assert.throws(
    () => generalizedDimensions({ q: [], tau: [] }, { reading: "boxes" as "sandbox" }),
    /reading must be "sandbox" or "box counting", but it is "boxes"/,
  );
  assert.throws(() => generalizedDimensions({ q: [1], tau: [] }), /1 orders and 0 tau/);
});

Deno.test("generalizedDimensions() has no dimension of a tau that is not finite, and says so", () => {
  const [row] = generalizedDimensions({ q: [2], tau: [NaN] });
  assert.deepEqual(row, {
    order: 3,
    dimension: null,
    status: "tau(2) is NaN: there is no dimension",
  });
});
