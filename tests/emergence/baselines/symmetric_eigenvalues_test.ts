import assert from "node:assert/strict";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { symmetricEigenvalues } from "../../../lib/emergence/baselines/symmetric_eigenvalues.ts";
import { close } from "../../golden/golden.ts";
import { normals } from "../../golden/seeded_normals.ts";

const triangle = (size: number, at: (i: number, j: number) => number) =>
  Array.from({ length: size }, (_, i) => Float64Array.from({ length: i + 1 }, (_, j) => at(i, j)));
const eigenvalues = (size: number, at: (i: number, j: number) => number) =>
  symmetricEigenvalues(triangle(size, at))!.sort();

Deno.test("symmetricEigenvalues() of a chain are the cosines that a formula gives", () => {
  const size = 200, found = eigenvalues(size, (i, j) => i === j ? 2 : i === j + 1 ? -1 : 0);
  for (let k = 1; k <= size; k++) {
    close(found[k - 1]!, 2 - 2 * Math.cos(k * Math.PI / (size + 1)), 1e-13, `${k}`);
  }
});

Deno.test("symmetricEigenvalues() of random numbers, of both signs, are those of ml-matrix", () => {
  for (const size of [2, 3, 5, 64, 65]) {
    const numbers = normals(`${size}`, size * size);
    const at = (i: number, j: number) => numbers[Math.max(i, j) * size + Math.min(i, j)]!;
    const full = Matrix.zeros(size, size);
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) full.set(i, j, at(i, j));
    const { realEigenvalues } = new EigenvalueDecomposition(full, { assumeSymmetric: true });
    const expected = Float64Array.from(realEigenvalues).sort();
    eigenvalues(size, at).forEach((value, k) => close(value, expected[k]!, 1e-12, `${size}: ${k}`));
  }
});

Deno.test("symmetricEigenvalues() of none, one, zeros, equal values, and numbers in steps of a thousand", () => {
  assert.deepEqual(eigenvalues(0, () => 1), new Float64Array(0));
  assert.deepEqual(eigenvalues(1, () => -3), Float64Array.of(-3));
  assert.deepEqual(eigenvalues(4, () => 0), new Float64Array(4));
  assert.deepEqual(eigenvalues(3, (i, j) => i === j ? i : 0), Float64Array.of(0, 1, 2));
  const equal = eigenvalues(30, () => 0.5);
  close(equal.at(-1)!, 15, 1e-13, "equal");
  for (const value of equal.subarray(0, -1)) close(value, 0, 1e-14, "equal, the others");
  const steep = eigenvalues(8, (i, j) => i === j ? 1000 ** -i : 0);
  steep.forEach((value, k) => close(value, 1000 ** (k - 7), 1e-15, `step ${k}`));
});

Deno.test("symmetricEigenvalues() of tiny and of large numbers are in proportion", () => {
  const numbers = normals("scale", 400);
  const at = (scale: number) => eigenvalues(20, (i, j) => numbers[i * 20 + j]! * scale);
  const [one, tiny, large] = [at(1), at(2 ** -400), at(2 ** 400)];
  one.forEach((value, k) => {
    close(tiny[k]! * 2 ** 400, value, 1e-13, `tiny ${k}`);
    close(large[k]! * 2 ** -400, value, 1e-13, `large ${k}`);
  });
});

Deno.test("symmetricEigenvalues() is null where a value is not finite", () => {
  for (const value of [NaN, Infinity]) {
    assert.equal(symmetricEigenvalues(triangle(3, (i, j) => i === 2 && j === 1 ? value : 1)), null);
  }
});
