/** Phi-3: query, key and value one after another in one matrix, gate and upward projection in another. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { gatedBlock, groupedConfig } from "./transformer_blocks.ts";

/** Phi-3 as data. */
export const phi3: ArchitectureDescription = {
  family: "phi3",
  recognised: {
    tensors: ["layers.{block}.self_attn.qkv_proj.weight", "layers.{block}.mlp.gate_up_proj.weight"],
  },
  config: groupedConfig,
  sections: [{
    names: "layers.{block}.",
    layers: gatedBlock,
    matrices: [
      { tensor: "self_attn.qkv_proj.weight", from: "block input", to: "query, key, value" },
      { tensor: "self_attn.o_proj.weight", from: "attention output", to: "feed-forward input" },
      { tensor: "mlp.gate_up_proj.weight", from: "feed-forward input", to: "gate, up" },
      { tensor: "mlp.down_proj.weight", from: "feed-forward hidden", to: "block output" },
    ],
    next: "block output",
  }],
};
