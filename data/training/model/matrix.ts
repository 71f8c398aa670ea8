import * as tf from "@tensorflow/tfjs";

/** A matrix on a typed array, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** A matrix of values, zeros unless given. */
export function matrix(rows: number, columns: number, values?: Float32Array): Matrix {
  return { rows, columns, values: values ?? new Float32Array(rows * columns) };
}

/** The product of two matrices. */
export function product(a: Matrix, b: Matrix): Matrix {
  const left = tf.tensor2d(a.values, [a.rows, a.columns]);
  const right = tf.tensor2d(b.values, [b.rows, b.columns]);
  const result = tf.matMul(left, right);
  const values = result.dataSync() as Float32Array;
  tf.dispose([left, right, result]);
  return matrix(a.rows, b.columns, values);
}

/** A transposed copy. */
export function transposed({ rows, columns, values }: Matrix): Matrix {
  const result = matrix(columns, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result.values[j * rows + i] = values[i * columns + j]!;
  }
  return result;
}

/** Fill a narrow matrix from a wide array of rows, from a row and a column on. */
export function gather(
  wide: Float32Array,
  width: number,
  row: number,
  column: number,
  narrow: Matrix,
): Matrix {
  for (let i = 0; i < narrow.rows; i++) {
    const at = (row + i) * width + column;
    narrow.values.set(wide.subarray(at, at + narrow.columns), i * narrow.columns);
  }
  return narrow;
}

/** Copy a narrow matrix into a wide array of rows, from a row and a column on. */
export function scatter(
  narrow: Matrix,
  wide: Float32Array,
  width: number,
  row: number,
  column: number,
): void {
  for (let i = 0; i < narrow.rows; i++) {
    const values = narrow.values.subarray(i * narrow.columns, (i + 1) * narrow.columns);
    wide.set(values, (row + i) * width + column);
  }
}
