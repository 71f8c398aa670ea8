/** T5, an encoder and a decoder that attends to its outputs; `part` takes one of them. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { attention, feedForward } from "./t5_matrices.ts";
import { block, crossAttention, gatedBlock } from "./transformer_blocks.ts";

function network(gated: boolean, hasDecoder: boolean): ArchitectureDescription {
  const [input, next] = ["block input", "block output"];
  const crossed = "cross-attention input";
  const layers = gated ? gatedBlock : block;
  const encoder = {
    ...{ names: "encoder.block.{block}.", layers, next: "encoder output" },
    ...{ ends: true, part: "encoder" },
    matrices: [
      ...attention("layer.0.SelfAttention", "", input, input, "feed-forward input"),
      ...feedForward("layer.1.DenseReluDense", gated, "encoder output"),
    ],
  };
  const decoder = {
    ...{ names: "decoder.block.{block}.", next, part: "decoder" },
    layers: [...layers.slice(0, 3), ...crossAttention, ...layers.slice(3)],
    matrices: [
      ...attention("layer.0.SelfAttention", "", input, input, crossed),
      ...attention(
        "layer.1.EncDecAttention",
        "cross ",
        crossed,
        encoder.next,
        "feed-forward input",
      ),
      ...feedForward("layer.2.DenseReluDense", gated, next),
    ],
  };
  const sections = hasDecoder ? [encoder, decoder] : [encoder];
  return {
    family: "t5",
    recognised: {
      tensors: sections.map(({ names, matrices }) => names + matrices.at(-2)!.tensor),
    },
    config: {
      ...{ num_layers: "blocks", num_decoder_layers: "decoder blocks" },
      ...{ d_model: input, d_ff: "feed-forward hidden", num_heads: "heads" },
    },
    sections,
    ignored: [{ tensors: "relative_attention_bias.weight", reason: "relative positions" }],
  };
}

/** T5 as data, with and without a gate, and its encoder alone. */
export const t5: readonly ArchitectureDescription[] = [
  ...[network(true, true), network(false, true), network(true, false), network(false, false)],
];
