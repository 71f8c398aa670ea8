/** A decoder small enough for differences by hand, in which no size equals another by accident. */

import type { ModelConfig } from "../../../data/training/model/config.ts";
import { initialParameters, type Parameters } from "../../../data/training/model/parameters.ts";
import { RandomStream } from "../../../data/training/random_stream.ts";

/** Heads of 6 dimensions, of which rotary turns 4, in two pairs. */
export const tinyConfig: ModelConfig = {
  hidden_size: 12,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 10,
  vocab_size: 7,
  max_position_embeddings: 5,
  rotary_pct: 0.7,
  rotary_emb_base: 50,
  layer_norm_eps: 0.01,
};

/** Three sequences of five tokens and what follows them. */
export const tinyBatch: readonly Uint8Array[] = [
  Uint8Array.of(3, 1, 6, 0, 2, 5),
  Uint8Array.of(1, 1, 4, 4, 3, 0),
  Uint8Array.of(6, 5, 2, 1, 0, 6),
];

/** Parameters of which none has the value it starts with: every bias and gain matters. */
export function tinyParameters(): Parameters {
  return new Map(
    [...initialParameters(tinyConfig, 1)].map(([name, { shape, values }]) => {
      const noise = new RandomStream(2, name).normal(values.length, 0.4);
      return [name, { shape, values: values.map((value, i) => value + noise[i]!) }];
    }),
  );
}
