/** A matrix on a typed array, row-major; the plain twins of the kernels take and give such. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** A matrix of zeros. */
export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float32Array(rows * columns) };
}

/** A transposed copy. */
export function transpose({ rows, columns, values }: Matrix): Matrix {
  const result = zeros(columns, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result.values[j * rows + i] = values[i * columns + j]!;
  }
  return result;
}

/** A copy of some columns, from one on. */
export function columnsOf({ rows, columns, values }: Matrix, first: number, count: number): Matrix {
  const result = zeros(rows, count);
  for (let i = 0; i < rows; i++) {
    const at = i * columns + first;
    result.values.set(values.subarray(at, at + count), i * count);
  }
  return result;
}
