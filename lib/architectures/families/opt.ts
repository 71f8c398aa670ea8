/** OPT: query, key and value are separate matrices, and the MLP has no gate. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { block } from "./transformer_blocks.ts";

/** OPT as data. */
export const opt: ArchitectureDescription = {
  family: "opt",
  // The tensors that it is recognised by; whatever stands before their names is the same for all.
  recognised: {
    tensors: [
      "decoder.layers.{block}.self_attn.q_proj.weight",
      "decoder.layers.{block}.fc1.weight",
    ],
  },
  // What the config calls the number of blocks and of heads, and the sizes of layers.
  config: {
    num_hidden_layers: "blocks",
    hidden_size: "block input",
    ffn_dim: "feed-forward hidden",
    num_attention_heads: "heads",
  },
  sections: [{
    names: "decoder.layers.{block}.",
    layers: block,
    // Each tensor, the layer that its edges leave, and the layer or part that they reach.
    matrices: [
      { tensor: "self_attn.q_proj.weight", from: "block input", to: "query" },
      { tensor: "self_attn.k_proj.weight", from: "block input", to: "key" },
      { tensor: "self_attn.v_proj.weight", from: "block input", to: "value" },
      { tensor: "self_attn.out_proj.weight", from: "attention output", to: "feed-forward input" },
      { tensor: "fc1.weight", from: "feed-forward input", to: "feed-forward hidden" },
      { tensor: "fc2.weight", from: "feed-forward hidden", to: "block output" },
    ],
    next: "block output",
  }],
};
