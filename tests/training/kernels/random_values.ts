import { RandomStream } from "../../../data/training/random_stream.ts";
import type { Matrix } from "../../../data/training/kernels/matrix.ts";

/** Normal numbers of a seed, the same at every call. */
export function randomValues(label: string, count: number, deviation = 1): Float32Array {
  return new RandomStream(1, "kernels", label).normal(count, deviation);
}

/** A matrix of them. */
export function randomMatrix(label: string, rows: number, columns: number, deviation = 1): Matrix {
  return { rows, columns, values: randomValues(label, rows * columns, deviation) };
}
