import * as tf from "@tensorflow/tfjs";
import { gather, type Matrix, matrix, product, scatter, transposed } from "./matrix.ts";
import type { ModelConfig } from "./config.ts";

/** How tokens are grouped for attention. */
export interface AttentionShape {
  /** Heads that attend side by side. */
  readonly heads: number;
  /** Dimensions of one head's query, key and value. */
  readonly headSize: number;
  /** Tokens that can see each other; the token axis holds whole sequences of this length. */
  readonly contextLength: number;
  /** Angles for at least `contextLength` positions. */
  readonly rotary: RotaryTable;
}

/** Softmax of each row over the columns up to the row's own number, in place; later columns become 0. */
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

/** Gradient through {@linkcode causalSoftmax}, in place: from that of the probabilities to that of the scores. */
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

/**
 * Causal multi-head attention with rotary positions: from the fused `[tokens, heads × (query, key, value)]` to
 * `[tokens, hidden]`. Each head is multiplied on its own, because tfjs's batched product on WebAssembly is six times
 * slower than its plain one; what lies between two products is done in place on typed arrays.
 */
export function causalAttention(fused: tf.Tensor2D, shape: AttentionShape): tf.Tensor2D {
  const { heads, headSize, contextLength, rotary } = shape;
  const [hidden, width] = [heads * headSize, 3 * heads * headSize];
  const scale = 1 / Math.sqrt(headSize);

  /** Rotated query and key, and value, of one head of one sequence. */
  const headInputs = (wide: Float32Array, row: number, head: number) => {
    const [query, key, value] = [0, 1, 2].map((part) =>
      gather(wide, width, row, (3 * head + part) * headSize, matrix(contextLength, headSize))
    ) as [Matrix, Matrix, Matrix];
    rotate(query.values, headSize, rotary, 1);
    rotate(key.values, headSize, rotary, 1);
    for (let i = 0; i < query.values.length; i++) query.values[i]! *= scale;
    return { query, key, value };
  };

  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [fused, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc];
    const tokens = fused.shape[0];
    const wide = fused.dataSync() as Float32Array;
    const output = new Float32Array(tokens * hidden);
    const probabilities: Matrix[] = [];
    for (let row = 0; row < tokens; row += contextLength) {
      for (let head = 0; head < heads; head++) {
        const { query, key, value } = headInputs(wide, row, head);
        const attention = product(query, transposed(key));
        causalSoftmax(attention);
        probabilities.push(attention);
        scatter(product(attention, value), output, hidden, row, head * headSize);
      }
    }
    save([fused]);
    const gradFunc = (dy: tf.Tensor, [fused]: tf.Tensor[]) => {
      const wide = (fused as tf.Tensor).dataSync() as Float32Array;
      const gradient = dy.dataSync() as Float32Array;
      const result = new Float32Array(wide.length);
      for (let row = 0, next = 0; row < tokens; row += contextLength) {
        for (let head = 0; head < heads; head++, next++) {
          const { query, key, value } = headInputs(wide, row, head);
          const attention = probabilities[next]!;
          const dOutput = gather(
            gradient,
            hidden,
            row,
            head * headSize,
            matrix(contextLength, headSize),
          );
          const dScores = product(dOutput, transposed(value));
          causalSoftmaxGradient(dScores, attention);
          const dQuery = product(dScores, key);
          // Products from the left by the narrow operand spare the transposition of the square one.
          const dKey = transposed(product(transposed(query), dScores));
          const dValue = transposed(product(transposed(dOutput), attention));
          for (let i = 0; i < dQuery.values.length; i++) dQuery.values[i]! *= scale;
          rotate(dQuery.values, headSize, rotary, -1);
          rotate(dKey.values, headSize, rotary, -1);
          [dQuery, dKey, dValue].forEach((part, index) =>
            scatter(part, result, width, row, (3 * head + index) * headSize)
          );
        }
      }
      return [tf.tensor2d(result, [tokens, width])];
    };
    return { value: tf.tensor2d(output, [tokens, hidden]), gradFunc };
  });
  return operation(fused) as tf.Tensor2D;
}

/** Cosines and sines of the rotary position embedding, `[positions × pairs]`. */
export interface RotaryTable {
  /** Pairs of dimensions that are turned; dimension i is paired with dimension i + pairs. */
  readonly pairs: number;
  /** Cosine of every angle, a row a position. */
  readonly cosines: Float32Array;
  /** Sine of every angle, a row a position. */
  readonly sines: Float32Array;
}

/** The angles of every position of a context, as GPT-NeoX computes them: `position · base^(-i / pairs)`. */
export function rotaryTable(config: ModelConfig, positions: number): RotaryTable {
  const headSize = config.hidden_size / config.num_attention_heads;
  const pairs = Math.floor(headSize * config.rotary_pct) >> 1;
  const cosines = new Float32Array(positions * pairs);
  const sines = new Float32Array(positions * pairs);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < pairs; i++) {
      const angle = position * config.rotary_emb_base ** (-i / pairs);
      cosines[position * pairs + i] = Math.cos(angle);
      sines[position * pairs + i] = Math.sin(angle);
    }
  }
  return { pairs, cosines, sines };
}

/** Turn rows `[positions × headSize]` in place by their positions' angles, or back with `direction` -1 (its gradient). */
export function rotate(
  rows: Float32Array,
  headSize: number,
  table: RotaryTable,
  direction: 1 | -1,
): void {
  const { pairs, cosines, sines } = table;
  const positions = rows.length / headSize;
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < pairs; i++) {
      const cosine = cosines[position * pairs + i]!;
      const sine = direction * sines[position * pairs + i]!;
      const at = position * headSize + i;
      const [first, second] = [rows[at]!, rows[at + pairs]!];
      rows[at] = first * cosine - second * sine;
      rows[at + pairs] = second * cosine + first * sine;
    }
  }
}
