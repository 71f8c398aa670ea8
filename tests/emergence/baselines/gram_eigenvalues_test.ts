import assert from "node:assert/strict";
import { gramEigenvalues } from "../../../lib/emergence/baselines/gram_eigenvalues.ts";
import { closeRelative } from "../../golden/golden.ts";
import { fallingColumns } from "./falling_columns.ts";

Deno.test("gramEigenvalues() above the library's width are NumPy 2.4.6's, for more rows and for more columns", () => {
  // s = numpy.linalg.svd(w, compute_uv=False) ** 2: s[[0, 1, n // 2, n - 2, n - 1]], and sum(log(s)).
  const cases = [
    {
      ...{ seed: 1, rows: 700, columns: 600, logs: -98.34850273970847 },
      some: [
        ...[1514.9269623023954, 1149.6747240140216, 0.7179398114203039],
        ...[0.004342651796392846, 0.0034824543119144438],
      ],
    },
    {
      ...{ seed: 2, rows: 520, columns: 900, logs: 41.0729588038638 },
      some: [
        ...[1080.203937179298, 821.8472470481187, 0.7791127175478114],
        ...[0.035081872858641824, 0.033465968550897195],
      ],
    },
  ];
  for (const { seed, rows, columns, some, logs } of cases) {
    const found = gramEigenvalues(fallingColumns(seed, rows, columns), rows, columns)!;
    const size = found.length;
    assert.equal(size, Math.min(rows, columns));
    for (const [i, k] of [0, 1, size >> 1, size - 2, size - 1].entries()) {
      closeRelative(found[k]!, some[i]!, 1e-9, `number ${k} of ${rows} by ${columns}`);
    }
    closeRelative(found.reduce((sum, value) => sum + Math.log(value), 0), logs, 1e-9, "logs");
  }
});

Deno.test("gramEigenvalues() above the library's width are 0 beyond the rank", () => {
  const side = 530, rank = 7, values = new Float64Array(side * side);
  const part = fallingColumns(3, rank, side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      values[row * side + column] = (row % 11 + 1) * part[row % rank * side + column]!;
    }
  }
  const found = gramEigenvalues(values, side, side)!;
  assert.equal(found.filter((value) => value > 0).length, rank);
  assert.deepEqual(
    gramEigenvalues(new Float64Array(side * side), side, side),
    new Float64Array(side),
  );
});

Deno.test("gramEigenvalues() is null where a square is too large for a number", () => {
  for (const side of [3, 520]) {
    const values = new Float64Array(side * side).fill(1);
    values[1] = 1e200;
    assert.equal(gramEigenvalues(values, side, side), null);
  }
});
