import assert from "node:assert/strict";
import { effectivePoints } from "../../lib/statistics/effective_points.ts";
import { close } from "../golden/golden.ts";

Deno.test("effectivePoints() is what NumPy sums over the matrices of autocorrelations", () => {
  // n² / Σ_ij a ** |i − j| · b ** |i − j|
  close(effectivePoints(27, 0.9, 0.9), 3.4307993919012265, 1e-13, "0.9");
  close(effectivePoints(27, 0.5, 0.5), 16.5264483627204, 1e-13, "0.5");
  close(effectivePoints(27, 1, 0.5), 9.467532463868125, 1e-13, "a walk and 0.5");
});

Deno.test("effectivePoints() of many points is n (1 − a b) / (1 + a b)", () => {
  close(effectivePoints(1e5, 0.6, 0.5) / 1e5, 0.7 / 1.3, 1e-4, "share");
});

Deno.test("effectivePoints() of two walks is one point, and never more than there are", () => {
  close(effectivePoints(21, 1, 1), 1, 1e-14, "walks");
  assert.equal(effectivePoints(12, 0.8, -0.5), 12);
  assert.equal(effectivePoints(12, 0, 0.9), 12);
});
