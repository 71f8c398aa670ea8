/** Small transformers under short names, as timm's vision transformers, torch's own layers and many teaching codes have them. */

import type {
  ArchitectureDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";
import { block } from "./transformer_blocks.ts";

/** The names of query, key and value, in one matrix or in three, of what follows attention, and of the MLP's two. */
const names = [
  [["attn.qkv.weight"], "attn.proj.weight", "mlp.fc1.weight", "mlp.fc2.weight"],
  [["attn.qkv.weight"], "attn.proj.weight", "mlp.up.weight", "mlp.down.weight"],
  [["attn.qkv.weight"], "attn.proj.weight", "mlp.0.weight", "mlp.2.weight"],
  [["attn.c_attn.weight"], "attn.c_proj.weight", "mlp.c_fc.weight", "mlp.c_proj.weight"],
  [["attn.in_proj_weight"], "attn.out_proj.weight", "mlp.c_fc.weight", "mlp.c_proj.weight"],
  [
    ...[["self_attn.in_proj_weight"], "self_attn.out_proj.weight"],
    ...["linear1.weight", "linear2.weight"],
  ],
  [separate("attn.", "_proj"), "attn.out_proj.weight", "mlp.fc1.weight", "mlp.fc2.weight"],
  [
    ["sa.query_proj.weight", "sa.key_proj.weight", "sa.value_proj.weight"],
    ...["sa.out_proj.weight", "ffwd.lin1.weight", "ffwd.lin2.weight"],
  ],
] as [query: string[], out: string, up: string, down: string][];

function separate(before: string, after: string): string[] {
  return ["q", "k", "v"].map((name) => `${before}${name}${after}.weight`);
}

/** Such transformers as data, whatever their list of blocks is called. */
export const shortNames: readonly ArchitectureDescription[] = names.map(
  ([inputs, out, up, down]) => {
    const parts = inputs.length === 1 ? ["query, key, value"] : ["query", "key", "value"];
    const matrices: readonly MatrixDescription[] = [
      ...inputs.map((tensor, i) => ({ tensor, from: "block input", to: parts[i]! })),
      { tensor: out, from: "attention output", to: "feed-forward input" },
      { tensor: up, from: "feed-forward input", to: "feed-forward hidden" },
      { tensor: down, from: "feed-forward hidden", to: "block output" },
    ];
    return {
      family: "transformer",
      recognised: { tensors: [...inputs, out, up, down].map((name) => `{block}.${name}`) },
      sections: [{ names: "{block}.", layers: block, matrices, next: "block output" }],
      ignored: [{ tensors: "*mask", reason: "causal mask" }],
    };
  },
);
