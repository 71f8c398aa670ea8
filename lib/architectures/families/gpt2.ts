/** GPT-2, whose matrices are stored [in, out] and query, key and value one after another in one of them; nanoGPT stores [out, in]. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { block } from "./transformer_blocks.ts";

/** GPT-2 as data. */
export const gpt2: ArchitectureDescription = {
  family: "gpt2",
  orientation: "by shape",
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
      { tensor: "attn.c_attn.weight", from: "block input", to: "query, key, value" },
      { tensor: "attn.c_proj.weight", from: "attention output", to: "feed-forward input" },
      { tensor: "mlp.c_fc.weight", from: "feed-forward input", to: "feed-forward hidden" },
      { tensor: "mlp.c_proj.weight", from: "feed-forward hidden", to: "block output" },
    ],
    next: "block output",
  }],
  ignored: [{ tensors: "attn.bias", reason: "causal mask" }],
};
