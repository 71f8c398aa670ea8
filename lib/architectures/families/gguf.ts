/** Llama and GPT-2 as llama.cpp names their tensors in GGUF files. */

import type {
  ArchitectureDescription,
  LayerDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";
import { block, gatedBlock, groupedConfig } from "./transformer_blocks.ts";

const separate: readonly MatrixDescription[] = [
  { tensor: "attn_q.weight", from: "block input", to: "query" },
  { tensor: "attn_k.weight", from: "block input", to: "key" },
  { tensor: "attn_v.weight", from: "block input", to: "value" },
];
const fused: readonly MatrixDescription[] = [
  { tensor: "attn_qkv.weight", from: "block input", to: "query, key, value" },
];
const out: MatrixDescription = {
  ...{ tensor: "attn_output.weight", from: "attention output", to: "feed-forward input" },
};
const down: MatrixDescription = {
  ...{ tensor: "ffn_down.weight", from: "feed-forward hidden", to: "block output" },
};
const up = (to: string): MatrixDescription => (
  { tensor: "ffn_up.weight", from: "feed-forward input", to }
);
const gate: MatrixDescription = {
  ...{ tensor: "ffn_gate.weight", from: "feed-forward input", to: "gate" },
};

/** A family of which every matrix must be there. */
function described(
  layers: readonly LayerDescription[],
  matrices: readonly MatrixDescription[],
): ArchitectureDescription {
  return {
    family: "gguf",
    config: groupedConfig,
    recognised: { tensors: matrices.map(({ tensor }) => `blk.{block}.${tensor}`) },
    sections: [{ names: "blk.{block}.", layers, matrices, next: "block output" }],
  };
}

/** Those with a gated MLP first, since the others have a part of their matrices. */
export const gguf: readonly ArchitectureDescription[] = [
  described(gatedBlock, [...separate, out, gate, up("up"), down]),
  described(block, [...separate, out, up("feed-forward hidden"), down]),
  described(block, [...fused, out, up("feed-forward hidden"), down]),
];
