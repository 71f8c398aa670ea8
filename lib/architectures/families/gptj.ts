/** GPT-J: query, key and value are separate matrices, and the MLP has no gate. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { block } from "./transformer_blocks.ts";

/** GPT-J as data; its MLP is beside the attention, and is laid out behind it as GPT-NeoX's is in the published code. */
export const gptJ: ArchitectureDescription = {
  family: "gptj",
  recognised: { tensors: ["h.{block}.attn.q_proj.weight", "h.{block}.mlp.fc_in.weight"] },
  config: {
    n_layer: "blocks",
    n_embd: "block input",
    n_inner: "feed-forward hidden",
    n_head: "heads",
  },
  sections: [{
    names: "h.{block}.",
    layers: block,
    matrices: [
      { tensor: "attn.q_proj.weight", from: "block input", to: "query" },
      { tensor: "attn.k_proj.weight", from: "block input", to: "key" },
      { tensor: "attn.v_proj.weight", from: "block input", to: "value" },
      { tensor: "attn.out_proj.weight", from: "attention output", to: "feed-forward input" },
      { tensor: "mlp.fc_in.weight", from: "feed-forward input", to: "feed-forward hidden" },
      { tensor: "mlp.fc_out.weight", from: "feed-forward hidden", to: "block output" },
    ],
    next: "block output",
  }],
  ignored: [{ tensors: "attn.bias", reason: "causal mask" }],
};
