/** TransformerLens, whose attention is stored head by head and opened as matrices. */

import type {
  ArchitectureDescription,
  LayerDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";
import { block, gatedBlock } from "./transformer_blocks.ts";

/** A model of TransformerLens as data; its keys and values, where heads share them, are `_W_K` and `_W_V`. */
function network(layers: readonly LayerDescription[], shared: "" | "_"): ArchitectureDescription {
  const inward: MatrixDescription[] = layers === gatedBlock
    ? [
      { tensor: "mlp.W_gate", from: "feed-forward input", to: "gate", orientation: "in, out" },
      { tensor: "mlp.W_in", from: "feed-forward input", to: "up", orientation: "in, out" },
    ]
    : [{
      ...{ tensor: "mlp.W_in", from: "feed-forward input", to: "feed-forward hidden" },
      orientation: "in, out",
    }];
  const outward = { orientation: "in, out" } as const;
  return {
    family: "transformer_lens",
    recognised: {
      tensors: [`attn.${shared}W_K`, ...inward.map(({ tensor }) => tensor)]
        .map((tensor) => `blocks.{block}.${tensor}`),
    },
    config: { n_layers: "blocks", d_model: "block input", n_heads: "heads" },
    sections: [{
      names: "blocks.{block}.",
      layers,
      matrices: [
        { tensor: "attn.W_Q", from: "block input", to: "query" },
        { tensor: `attn.${shared}W_K`, from: "block input", to: "key" },
        { tensor: `attn.${shared}W_V`, from: "block input", to: "value" },
        { tensor: "attn.W_O", from: "attention output", to: "feed-forward input", ...outward },
        ...inward,
        { tensor: "mlp.W_out", from: "feed-forward hidden", to: "block output", ...outward },
      ],
      next: "block output",
    }],
    ignored: [
      { tensors: "attn.mask", reason: "causal mask" },
      { tensors: "attn.*b_*", reason: "bias, stored head by head" },
    ],
  };
}

/** TransformerLens as data, with a gate and without, gated ones first since they have `W_in` too. */
export const transformerLens: readonly ArchitectureDescription[] = [
  ...[network(gatedBlock, ""), network(gatedBlock, "_"), network(block, ""), network(block, "_")],
];
