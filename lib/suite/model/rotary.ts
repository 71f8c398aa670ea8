import type { ModelConfig } from "./config.ts";

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
