import * as tf from "@tensorflow/tfjs";
import type { ModelConfig } from "./config.ts";
import { type RotaryTable, rotaryTable, rotate } from "./attention.ts";

/** Keys and values of one layer, `[sequences, heads, positions, headSize]`, and how many positions are filled. */
interface LayerMemory {
  readonly keys: Float32Array;
  readonly values: Float32Array;
  filled: number;
}

/**
 * Attention that remembers the keys and values of tokens that went through before, so that sequences are written token by
 * token without reading them again from the start. It has no gradient.
 */
export class AttentionMemory {
  readonly #sequences: number;
  readonly #positions: number;
  readonly #heads: number;
  readonly #headSize: number;
  readonly #rotary: RotaryTable;
  readonly #layers: readonly LayerMemory[];

  /** An empty memory for sequences of up to `positions` tokens that are written side by side. */
  constructor(config: ModelConfig, sequences: number, positions: number) {
    this.#sequences = sequences;
    this.#positions = positions;
    this.#heads = config.num_attention_heads;
    this.#headSize = config.hidden_size / config.num_attention_heads;
    this.#rotary = rotaryTable(config, positions);
    const size = sequences * positions * config.hidden_size;
    this.#layers = Array.from({ length: config.num_hidden_layers }, () => ({
      keys: new Float32Array(size),
      values: new Float32Array(size),
      filled: 0,
    }));
  }

  /**
   * Attention of the next token of every sequence, `[sequences, heads × (query, key, value)]`, to itself and those before it.
   *
   * @throws {RangeError} If all positions are filled.
   */
  attend = (fused: tf.Tensor2D, layer: number): tf.Tensor2D => {
    const memory = this.#layers[layer]!;
    const position = memory.filled++;
    if (position >= this.#positions) {
      throw new RangeError(`the memory holds ${this.#positions} tokens; make it larger`);
    }
    const [heads, size] = [this.#heads, this.#headSize];
    const wide = fused.dataSync() as Float32Array;
    const angles = this.#anglesAt(position);
    const output = new Float32Array(this.#sequences * heads * size);
    const weights = new Float64Array(position + 1);
    for (let row = 0; row < this.#sequences * heads; row++) {
      const at = 3 * row * size;
      const query = wide.slice(at, at + size);
      const first = row * this.#positions * size;
      const key = memory.keys.subarray(first + position * size, first + (position + 1) * size);
      key.set(wide.subarray(at + size, at + 2 * size));
      memory.values.set(wide.subarray(at + 2 * size, at + 3 * size), first + position * size);
      rotate(query, size, angles, 1);
      rotate(key, size, angles, 1);

      let largest = -Infinity;
      for (let p = 0; p <= position; p++) {
        let dot = 0;
        for (let i = 0; i < size; i++) dot += query[i]! * memory.keys[first + p * size + i]!;
        weights[p] = dot / Math.sqrt(size);
        largest = Math.max(largest, weights[p]!);
      }
      let sum = 0;
      for (let p = 0; p <= position; p++) sum += weights[p] = Math.exp(weights[p]! - largest);
      for (let p = 0; p <= position; p++) {
        const share = weights[p]! / sum;
        for (let i = 0; i < size; i++) {
          output[row * size + i]! += share * memory.values[first + p * size + i]!;
        }
      }
    }
    return tf.tensor2d(output, [this.#sequences, heads * size]);
  };

  #anglesAt(position: number): RotaryTable {
    const { pairs, cosines, sines } = this.#rotary;
    const [from, to] = [position * pairs, (position + 1) * pairs];
    return { pairs, cosines: cosines.subarray(from, to), sines: sines.subarray(from, to) };
  }
}
