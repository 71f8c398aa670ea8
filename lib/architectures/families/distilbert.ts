/** DistilBERT. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { block } from "./transformer_blocks.ts";

/** DistilBERT as data. */
export const distilBert: ArchitectureDescription = {
  family: "distilbert",
  config: {
    n_layers: "blocks",
    dim: "block input",
    hidden_dim: "feed-forward hidden",
    n_heads: "heads",
  },
  sections: [{
    names: "transformer.layer.{block}.",
    layers: block,
    matrices: [
      { tensor: "attention.q_lin.weight", from: "block input", to: "query" },
      { tensor: "attention.k_lin.weight", from: "block input", to: "key" },
      { tensor: "attention.v_lin.weight", from: "block input", to: "value" },
      { tensor: "attention.out_lin.weight", from: "attention output", to: "feed-forward input" },
      { tensor: "ffn.lin1.weight", from: "feed-forward input", to: "feed-forward hidden" },
      { tensor: "ffn.lin2.weight", from: "feed-forward hidden", to: "block output" },
    ],
    next: "block output",
  }],
};
