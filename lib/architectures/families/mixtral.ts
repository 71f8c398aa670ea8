/** Mixtures of experts: Mixtral, and OLMoE under the names of Llama. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { groupedAttention } from "./llama.ts";
import { attention, groupedConfig } from "./transformer_blocks.ts";

/**
 * A mixture of experts as data. Each expert has layers of its own for its gates and hidden neurons, since it has weights of
 * its own; the router chooses experts, its outputs lead nowhere, and it is left out.
 */
function experts(
  family: string,
  place: string,
  [gate, up, down]: readonly [string, string, string],
): ArchitectureDescription {
  const expert = `${place}.experts.{expert}`;
  const [gates, hidden] = ["expert {expert} gate, up", "expert {expert} hidden"];
  return {
    family,
    recognised: { tensors: [`layers.{block}.${expert}.${gate}.weight`] },
    config: {
      ...{ ...groupedConfig, intermediate_size: "expert 0 hidden" },
      ...{ num_local_experts: "{expert}", num_experts: "{expert}" },
    },
    sections: [{
      names: "layers.{block}.",
      layers: [
        ...attention,
        {
          role: gates,
          parts: ["expert {expert} gate", "expert {expert} up"],
          follows: hidden,
          by: "gating",
          paired: ["expert {expert} gate", "expert {expert} up"],
        },
        { role: hidden, times: 2 },
      ],
      matrices: [
        ...groupedAttention,
        {
          tensor: `${expert}.${gate}.weight`,
          from: "feed-forward input",
          to: "expert {expert} gate",
        },
        { tensor: `${expert}.${up}.weight`, from: "feed-forward input", to: "expert {expert} up" },
        { tensor: `${expert}.${down}.weight`, from: hidden, to: "block output" },
      ],
      next: "block output",
    }],
    ignored: [{ tensors: `${place}.gate.weight`, reason: "router, which chooses the experts" }],
  };
}

/** Mixtures of experts as data. */
export const mixtral: readonly ArchitectureDescription[] = [
  experts("mixtral", "block_sparse_moe", ["w1", "w3", "w2"]),
  experts("mixtral", "mlp", ["gate_proj", "up_proj", "down_proj"]),
];
