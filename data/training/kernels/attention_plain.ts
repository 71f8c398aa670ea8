import { type RotaryTable, rotate } from "../model/attention.ts";
import { columnsOf, type Matrix, transpose } from "./matrix.ts";
import { product } from "./product_plain.ts";

/** Softmax of each row up to the column of the row's own number, in place; the rest becomes 0. */
function causalSoftmax({ rows, columns, values }: Matrix): void {
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    let largest = -Infinity;
    for (let j = 0; j <= i; j++) largest = Math.max(largest, values[start + j]!);
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += values[start + j] = Math.exp(values[start + j]! - largest);
    for (let j = 0; j <= i; j++) values[start + j]! /= sum;
    values.fill(0, start + i + 1, start + columns);
  }
}

/** Gradient through {@linkcode causalSoftmax}, in place: from the probabilities' to the scores'. */
function causalSoftmaxGradient(gradient: Matrix, probabilities: Matrix): void {
  const [g, p] = [gradient.values, probabilities.values];
  for (let i = 0; i < gradient.rows; i++) {
    const start = i * gradient.columns;
    let dot = 0;
    for (let j = 0; j <= i; j++) dot += g[start + j]! * p[start + j]!;
    for (let j = 0; j <= i; j++) g[start + j] = p[start + j]! * (g[start + j]! - dot);
    g.fill(0, start + i + 1, start + gradient.columns);
  }
}

function scale({ values }: Matrix, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i]! *= factor;
}

/** Query and key, turned and scaled, and value of one head from the three side by side. */
function inputs(fused: Matrix, rotary: RotaryTable): [query: Matrix, key: Matrix, value: Matrix] {
  const size = fused.columns / 3;
  const [query, key, value] = [0, 1, 2].map((part) => columnsOf(fused, part * size, size)) as [
    Matrix,
    Matrix,
    Matrix,
  ];
  rotate(query.values, size, rotary, 1);
  rotate(key.values, size, rotary, 1);
  scale(query, 1 / Math.sqrt(size));
  return [query, key, value];
}

/**
 * attention.as in plain TypeScript: attention of one head and its probabilities.
 *
 * @param fused Query, key and value side by side.
 */
export function attend(
  fused: Matrix,
  rotary: RotaryTable,
): { output: Matrix; probabilities: Matrix } {
  const [query, key, value] = inputs(fused, rotary);
  const probabilities = product(query, transpose(key));
  causalSoftmax(probabilities);
  return { output: product(probabilities, value), probabilities };
}

/** Its gradients by query, key and value. */
export function attendGradient(
  fused: Matrix,
  rotary: RotaryTable,
  probabilities: Matrix,
  dOutput: Matrix,
): [dQuery: Matrix, dKey: Matrix, dValue: Matrix] {
  const size = fused.columns / 3;
  const [query, key, value] = inputs(fused, rotary);
  const dScores = product(dOutput, transpose(value));
  causalSoftmaxGradient(dScores, probabilities);
  const dQuery = product(dScores, key);
  const dKey = product(transpose(dScores), query);
  const dValue = product(transpose(probabilities), dOutput);
  scale(dQuery, 1 / Math.sqrt(size));
  rotate(dQuery.values, size, rotary, -1);
  rotate(dKey.values, size, rotary, -1);
  return [dQuery, dKey, dValue];
}
