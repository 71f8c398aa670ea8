/** ModernBERT: query, key and value one after another in one matrix, gate and upward projection in another. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { gatedBlock, usualConfig } from "./transformer_blocks.ts";

/** ModernBERT as data. */
export const modernBert: ArchitectureDescription = {
  family: "modernbert",
  recognised: { tensors: ["layers.{block}.attn.Wqkv.weight", "layers.{block}.mlp.Wi.weight"] },
  config: usualConfig,
  sections: [{
    names: "layers.{block}.",
    layers: gatedBlock,
    matrices: [
      { tensor: "attn.Wqkv.weight", from: "block input", to: "query, key, value" },
      { tensor: "attn.Wo.weight", from: "attention output", to: "feed-forward input" },
      { tensor: "mlp.Wi.weight", from: "feed-forward input", to: "gate, up" },
      { tensor: "mlp.Wo.weight", from: "feed-forward hidden", to: "block output" },
    ],
    next: "block output",
  }],
};
