/** Small transformers under short names, as timm's vision transformers, torch's own layers and many teaching codes have them. */

import type {
  ArchitectureDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";
import { block } from "./transformer_blocks.ts";

/** The names of query, key and value one after another in a matrix, of what follows attention, and of the MLP's two. */
const names = [
  ["attn.qkv.weight", "attn.proj.weight", "mlp.fc1.weight", "mlp.fc2.weight"],
  ["attn.qkv.weight", "attn.proj.weight", "mlp.up.weight", "mlp.down.weight"],
  ["attn.qkv.weight", "attn.proj.weight", "mlp.0.weight", "mlp.2.weight"],
  ["attn.in_proj_weight", "attn.out_proj.weight", "mlp.c_fc.weight", "mlp.c_proj.weight"],
  ["self_attn.in_proj_weight", "self_attn.out_proj.weight", "linear1.weight", "linear2.weight"],
] as const;

/** Such transformers as data, whatever their list of blocks is called. */
export const shortNames: readonly ArchitectureDescription[] = names.map(
  ([fused, out, up, down]) => {
    const matrices: readonly MatrixDescription[] = [
      { tensor: fused, from: "block input", to: "query, key, value" },
      { tensor: out, from: "attention output", to: "feed-forward input" },
      { tensor: up, from: "feed-forward input", to: "feed-forward hidden" },
      { tensor: down, from: "feed-forward hidden", to: "block output" },
    ];
    return {
      family: "transformer",
      recognised: { tensors: [fused, out, up, down].map((name) => `{block}.${name}`) },
      sections: [{ names: "{block}.", layers: block, matrices, next: "block output" }],
      ignored: [{ tensors: "*mask", reason: "causal mask" }],
    };
  },
);
