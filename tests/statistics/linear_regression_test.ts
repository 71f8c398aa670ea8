import assert from "node:assert/strict";
import {
  linearRegression,
  regressionOn,
  slopePValue,
} from "../../lib/statistics/linear_regression.ts";
import { close, closeRelative, readGolden } from "../golden/golden.ts";

interface GoldenLine {
  name: string;
  x: number[];
  y: number[];
  slope: number;
  intercept: number;
  r: number;
  p: number;
  stderr: number;
}

Deno.test("linearRegression() gives scipy.stats.linregress, corner cases included", () => {
  const { linregress } = readGolden<{ linregress: GoldenLine[] }>("unit_cases");
  assert.equal(linregress.length, 7);
  for (const { name, x, y, ...expected } of linregress) {
    const line = linearRegression(x, y);
    assert.equal(line.status, "ok", name);
    close(line.slope, expected.slope, 1e-14, `${name}: slope`);
    close(line.intercept, expected.intercept, 1e-14, `${name}: intercept`);
    close(line.rValue, expected.r, 1e-15, `${name}: r`);
    closeRelative(line.pValue, expected.p, 1e-9, `${name}: p`);
    closeRelative(line.stderr, expected.stderr, 1e-12, `${name}: stderr`);
  }
});

Deno.test("linearRegression() says why a single point, no point, or one x has no line", () => {
  const reasons = [
    linearRegression([1], [2]),
    linearRegression([], []),
    linearRegression([3, 3, 3], [1, 2, 3]),
  ];
  assert.deepEqual(reasons.map(({ status }) => status), [
    "fewer than two points",
    "fewer than two points",
    "all x are equal",
  ]);
  for (const { slope, pValue } of reasons) assert.deepEqual([slope, pValue], [NaN, NaN]);
});

Deno.test("linearRegression() finds a constant series exactly constant, whatever its value", () => {
  const x = Array.from({ length: 150 }, (_, i) => Math.log((i + 1) / 150));
  const { slope, intercept, rValue, pValue, stderr } = linearRegression(
    x,
    x.map(() => Math.log(960)),
  );
  assert.deepEqual([slope, intercept, rValue, pValue, stderr], [0, Math.log(960), 0, 1, 0]);
});

Deno.test("regressionOn() fits the series that begins at an offset", () => {
  const fit = regressionOn([0, 1, 2]);
  const values = [9, 9, 1, 3, 5];
  assert.equal(fit(values, 2).slope, 2);
  assert.equal(fit(values, 2).intercept, 1);
});

Deno.test("slopePValue() of two points is 0, or 1 where their y are equal", () => {
  assert.deepEqual([slopePValue(1, 2), slopePValue(-1, 2), slopePValue(0, 2)], [0, 0, 1]);
  assert.equal(linearRegression([1, 2], [3, 4]).pValue, 0);
  assert.equal(slopePValue(NaN, 5), NaN);
});

Deno.test("linearRegression() refuses x and y of different lengths", () => {
  assert.throws(() => linearRegression([1, 2], [1]), /there are 2 x and 1 y/);
});

Deno.test("linearRegression() says that a value is not finite, or too large", () => {
  const status = "a value is not finite, or too large to be squared";
  for (const wrong of [Infinity, -Infinity, NaN, 1e200]) {
    for (
      const line of [
        linearRegression([1, 2, 3], [1, wrong, 3]),
        linearRegression([1, 2, wrong], [1, 2, 3]),
      ]
    ) {
      assert.deepEqual([line.status, line.slope, line.pValue], [status, NaN, NaN]);
    }
  }
});
