/** Small transformers under short names: timm's, torch's own layers, and those that people write and train themselves. */

import type {
  ArchitectureDescription,
  LayerDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";
import { gated, inputs, output, plain } from "./short_matrices.ts";
import { attentionBlock, block, gatedBlock, shortConfig } from "./transformer_blocks.ts";

/** Such a transformer as data, whatever its list of blocks is called. */
function network(
  layers: readonly LayerDescription[],
  inward: readonly MatrixDescription[],
  inside: readonly MatrixDescription[],
): ArchitectureDescription {
  const next = "block output";
  const isAlone = inside.length === 0;
  const matrices = [...inward, output(isAlone ? next : "feed-forward input"), ...inside];
  return {
    family: "transformer",
    recognised: {
      tensors: matrices.map(({ tensor }) => `{block}.${tensor}`),
      // Attention alone is known only if the blocks have nothing else.
      ...isAlone && { whole: true },
    },
    config: shortConfig,
    sections: [{ names: "{block}.", layers, matrices, next }],
    ignored: ["*mask", "*tril", "attn.bias"].map((tensors) => ({ tensors, reason: "causal mask" })),
  };
}

/** Those with a gate first, since the others have a part of their matrices, and attention alone last. */
export const shortNames: readonly ArchitectureDescription[] = [
  ...inputs.map((inward) => network(gatedBlock, inward, gated)),
  ...inputs.map((inward) => network(block, inward, plain)),
  ...inputs.map((inward) => network(attentionBlock, inward, [])),
];
