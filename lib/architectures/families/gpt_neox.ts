/** GPT-NeoX, the family of Pythia and of the bundled suite: one fused matrix of query, key and value, no gate. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { block, usualConfig } from "./transformer_blocks.ts";

/** GPT-NeoX as data. */
export const gptNeoX: ArchitectureDescription = {
  family: "gpt_neox",
  recognised: { modelTypes: ["gpt_neox"], classes: ["GPTNeoXFor", "GPTNeoXModel"] },
  config: usualConfig,
  sections: [{
    names: "layers.{block}.",
    layers: block,
    matrices: [
      {
        tensor: "attention.query_key_value.weight",
        from: "block input",
        to: "query, key, value",
        fused: "per head",
      },
      { tensor: "attention.dense.weight", from: "attention output", to: "feed-forward input" },
      {
        tensor: "mlp.dense_h_to_4h.weight",
        from: "feed-forward input",
        to: "feed-forward hidden",
      },
      { tensor: "mlp.dense_4h_to_h.weight", from: "feed-forward hidden", to: "block output" },
    ],
    next: "block output",
  }],
  ignored: [{ tensors: "attention.bias", reason: "causal mask" }],
};
