import * as tf from "@tensorflow/tfjs";
import { addressOf, emptyTensor, kernels, withRoom } from "../kernels/kernels.ts";
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

/**
 * Causal multi-head attention with rotary positions: from the fused `[tokens, heads × (query, key, value)]` to
 * `[tokens, hidden]`.
 */
export function causalAttention(fused: tf.Tensor2D, shape: AttentionShape): tf.Tensor2D {
  const { heads, headSize, contextLength, rotary } = shape;
  const tokens = fused.shape[0];
  const [hidden, width] = [heads * headSize, 3 * heads * headSize];
  const head = 4 * contextLength * headSize;
  const square = 4 * contextLength ** 2;
  const { attend, attendGradient, panelBytes, table } = kernels();
  const panels = Math.max(
    panelBytes(contextLength, headSize),
    panelBytes(headSize, contextLength),
  );

  // Calls a function for every head of every sequence, with the offsets of its own values and what
  // the kernels take besides.
  const forEachHead = (
    bytes: number,
    call: (offsets: { fused: number; output: number; square: number }, shared: number[]) => void,
  ) => {
    const [cosines, sines] = [tf.tensor1d(rotary.cosines), tf.tensor1d(rotary.sines)];
    withRoom(bytes, (room) => {
      const shared = [
        ...[contextLength, headSize, rotary.pairs, addressOf(cosines), addressOf(sines)],
        ...[1 / Math.sqrt(headSize), room],
      ];
      for (let row = 0, index = 0; row < tokens; row += contextLength) {
        for (let i = 0; i < heads; i++, index++) {
          call({
            fused: 4 * (row * width + 3 * i * headSize),
            output: 4 * (row * hidden + i * headSize),
            square: index * square,
          }, shared);
        }
      }
    });
    tf.dispose([cosines, sines]);
  };

  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [fused, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc];
    const value = emptyTensor<tf.Rank.R2>(tokens, hidden);
    const probabilities = emptyTensor<tf.Rank.R2>(tokens * heads, contextLength);
    const [from, to, weights] = [fused, value, probabilities].map(addressOf) as Addresses;
    forEachHead(2 * head + panels, (at, shared) =>
      attend(
        ...[from + at.fused, 4 * width, to + at.output, 4 * hidden, weights + at.square],
        ...[...shared, table],
      ));
    save([fused, probabilities]);
    const gradFunc = (dy: tf.Tensor, [fused, probabilities]: tf.Tensor[]) => {
      const dFused = emptyTensor<tf.Rank.R2>(tokens, width);
      const [from, weights, gradient] = [fused!, probabilities!, dy].map(addressOf) as Addresses;
      const to = addressOf(dFused);
      forEachHead(3 * head + square + panels, (at, shared) =>
        attendGradient(
          ...[from + at.fused, 4 * width, gradient + at.output, 4 * hidden],
          ...[weights + at.square, to + at.fused, ...shared],
        ));
      return dFused;
    };
    return { value, gradFunc };
  });
  return operation(fused) as tf.Tensor2D;
}

/** Where three tensors lie. */
type Addresses = [number, number, number];

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
