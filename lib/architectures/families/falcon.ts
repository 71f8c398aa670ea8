/** Falcon and BLOOM: one fused matrix of query, key and value, which shares keys and values in three ways. */

import type {
  ArchitectureDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";
import { block } from "./transformer_blocks.ts";

/** Falcon as data, for one way of storing query, key and value. */
function network(
  family: string,
  fused: Pick<MatrixDescription, "fused">,
  settings?: Readonly<Record<string, boolean>>,
): ArchitectureDescription {
  const tensors = ["h.{block}.self_attention.query_key_value.weight"];
  return {
    family,
    recognised: { tensors, ...settings && { settings } },
    config: {
      num_hidden_layers: "blocks",
      n_layer: "blocks",
      hidden_size: "block input",
      ffn_hidden_size: "feed-forward hidden",
      num_attention_heads: "heads",
      n_head: "heads",
      num_kv_heads: "key heads",
    },
    sections: [{
      names: "h.{block}.",
      layers: block,
      matrices: [
        ["self_attention.query_key_value", "block input", "query, key, value"] as const,
        ["self_attention.dense", "attention output", "feed-forward input"] as const,
        ["mlp.dense_h_to_4h", "feed-forward input", "feed-forward hidden"] as const,
        ["mlp.dense_4h_to_h", "feed-forward hidden", "block output"] as const,
      ].map(([name, from, to]) => (
        { tensor: `${name}.weight`, from, to, ...to === "query, key, value" && fused }
      )),
      next: "block output",
    }],
  };
}

/** Falcon as data: new ones share keys in groups, stored group by group; 7B has one key, stored last; others are as GPT-NeoX. */
export const falcon: readonly ArchitectureDescription[] = [
  network("falcon", { fused: "per group" }, { new_decoder_architecture: true }),
  network("falcon", {}, { multi_query: true }),
  network("falcon", { fused: "per head" }),
];
