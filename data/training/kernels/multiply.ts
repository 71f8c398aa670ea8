import type * as tf from "@tensorflow/tfjs";
import { addressOf, emptyTensor, kernels, withRoom } from "./kernels.ts";

/** All of both matrices counts: one of the shapes of product.as. */
const FULL = 0;

/** A factor of a product: a matrix, or one that lies transposed. */
export interface Factor {
  /** The matrix as it is stored. */
  readonly matrix: tf.Tensor2D;
  /** Whether its transpose is meant. */
  readonly transposed: boolean;
}

/** A matrix as it is stored. */
export function plain(matrix: tf.Tensor2D): Factor {
  return { matrix, transposed: false };
}

/** The transpose of a matrix. */
export function transposed(matrix: tf.Tensor2D): Factor {
  return { matrix, transposed: true };
}

/** Rows and columns of a factor, and the bytes from one to the next. */
function layout({ matrix, transposed }: Factor) {
  const [height, width] = matrix.shape;
  return transposed
    ? { rows: width, columns: height, down: 4, right: 4 * width }
    : { rows: height, columns: width, down: 4 * width, right: 4 };
}

/** `left · right` and a bias added to every row; to the bit what tfjs's `matMul` and `add` give. */
export function multiply(left: Factor, right: Factor, bias?: tf.Tensor1D): tf.Tensor2D {
  const [a, b] = [layout(left), layout(right)];
  const [rows, columns, terms] = [a.rows, b.columns, a.columns];
  const result = emptyTensor<tf.Rank.R2>(rows, columns);
  const { panelBytes, product } = kernels();
  withRoom(panelBytes(columns, terms), (panels) =>
    product(
      ...[addressOf(left.matrix), a.down, a.right],
      ...[addressOf(right.matrix), b.right, b.down],
      ...[addressOf(result), 4 * columns],
      ...[rows, columns, terms],
      ...[bias ? addressOf(bias) : 0, panels, FULL],
    ));
  return result;
}
