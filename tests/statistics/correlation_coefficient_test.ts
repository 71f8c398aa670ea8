import assert from "node:assert/strict";
import {
  correlationCoefficient,
  type CorrelationMethod,
} from "../../lib/statistics/correlation_coefficient.ts";
import { close } from "../golden/golden.ts";

const r = (x: number[], y: number[], method: CorrelationMethod, control?: number[]) =>
  correlationCoefficient({
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    control: control ? Float64Array.from(control) : null,
  }, method);

Deno.test("correlationCoefficient() is what a small table gives by hand", () => {
  // Deviations (−1, 0, 1) and (−1, 1, 0): 1 / √(2 · 2).
  close(r([1, 2, 3], [1, 3, 2], "pearson"), 0.5, 1e-15, "pearson");
  // Ranks (1, 2, 3, 4) and (1.5, 1.5, 3, 4): 4.5 / √(5 · 4.5).
  close(r([1, 10, 100, 1000], [0, 0, 5, 6], "spearman"), 4.5 / Math.sqrt(22.5), 1e-15, "ties");
});

Deno.test("correlationCoefficient() without a third variable is the formula of partial correlation", () => {
  const [x, y, z] = [[1, 3, 2, 5, 4], [2, 1, 4, 3, 6], [0, 1, 2, 3, 5]];
  for (const method of ["pearson", "spearman"] as const) {
    const [xy, xz, yz] = [r(x!, y!, method), r(x!, z!, method), r(y!, z!, method)];
    const expected = (xy - xz * yz) / Math.sqrt((1 - xz ** 2) * (1 - yz ** 2));
    close(r(x!, y!, method, z!), expected, 1e-14, method);
  }
});

Deno.test("correlationCoefficient() is NaN where one does not vary, or only along with what is taken out", () => {
  assert.ok(Number.isNaN(r([0.1, 0.1, 0.1], [1, 2, 3], "pearson")));
  assert.ok(Number.isNaN(r([1, 2, 3], [5, 5, 5], "spearman")));
  const z = [0, 0.7, 1.1, 1.4, 1.6], line = z.map((value) => 0.3 * value + 1);
  assert.ok(Number.isNaN(r(line, [1, 3, 2, 5, 4], "pearson", z)));
  assert.ok(Number.isNaN(r([1, 3, 2, 5, 4], line.map(Math.exp), "spearman", z)));
});

Deno.test("correlationCoefficient() does not depend on scale or place, and stays within −1 and 1", () => {
  const x = [1, 5, 2, 8], y = [3, 4, 1, 9];
  close(r(x.map((v) => 1e-8 * v + 1), y, "pearson"), r(x, y, "pearson"), 1e-7, "scale");
  assert.ok(Math.abs(r([0.1, 0.2, 0.4], [0.3, 0.6, 1.2], "pearson")) <= 1);
});
