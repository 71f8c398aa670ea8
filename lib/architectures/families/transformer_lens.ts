/** TransformerLens, whose attention is stored head by head and opened as matrices. */

import type {
  ArchitectureDescription,
  LayerDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";
import { attentionBlock, block, gatedBlock, shortConfig } from "./transformer_blocks.ts";

const [up, hidden, next] = ["feed-forward input", "feed-forward hidden", "block output"];
const outward = (tensor: string, from: string, to: string): MatrixDescription => (
  { tensor, from, to, orientation: "in, out" }
);
const [gate, down] = [outward("mlp.W_gate", up, "gate"), outward("mlp.W_out", hidden, next)];

/** A model of TransformerLens as data; its keys and values, where heads share them, are `_W_K` and `_W_V`. */
function network(
  shared: "" | "_",
  layers: readonly LayerDescription[],
  ...inside: MatrixDescription[]
): ArchitectureDescription {
  const isAlone = inside.length === 0;
  const matrices: readonly MatrixDescription[] = [
    { tensor: "attn.W_Q", from: "block input", to: "query" },
    { tensor: `attn.${shared}W_K`, from: "block input", to: "key" },
    { tensor: `attn.${shared}W_V`, from: "block input", to: "value" },
    outward("attn.W_O", "attention output", isAlone ? next : up),
    ...inside,
  ];
  return {
    family: "transformer_lens",
    recognised: {
      tensors: matrices.slice(1).map(({ tensor }) => `blocks.{block}.${tensor}`),
      ...isAlone && { whole: true },
    },
    config: shortConfig,
    sections: [{ names: "blocks.{block}.", layers, matrices, next }],
    ignored: [
      { tensors: "attn.mask", reason: "causal mask" },
      { tensors: "attn.*b_*", reason: "bias, stored head by head" },
      ...["action", "reward", "state", "time"].map((what) => (
        { tensors: `${what}_embedding.**`, reason: "embedding of a decision transformer" }
      )),
    ],
  };
}

/** TransformerLens as data; those with a gate first since they have `W_in` too, and attention alone last. */
export const transformerLens: readonly ArchitectureDescription[] = (["", "_"] as const).flatMap(
  (shared) => [
    network(shared, gatedBlock, gate, outward("mlp.W_in", up, "up"), down),
    network(shared, block, outward("mlp.W_in", up, hidden), down),
    network(shared, attentionBlock),
  ],
);
