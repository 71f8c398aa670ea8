/** BERT and the encoders that store it under the same names, RoBERTa and ELECTRA among them. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";
import { block, usualConfig } from "./transformer_blocks.ts";

/** BERT as data. */
export const bert: ArchitectureDescription = encoder("bert", "self");

/**
 * A family of encoders with queries, keys and values as matrices of their own.
 *
 * @param family The family's name.
 * @param self What stands for self-attention in the names: `attention.<self>.query`.
 */
export function encoder(family: string, self: string): ArchitectureDescription {
  return {
    family,
    config: usualConfig,
    sections: [{
      names: "encoder.layer.{block}.",
      layers: block,
      matrices: [
        { tensor: `attention.${self}.query.weight`, from: "block input", to: "query" },
        { tensor: `attention.${self}.key.weight`, from: "block input", to: "key" },
        { tensor: `attention.${self}.value.weight`, from: "block input", to: "value" },
        {
          tensor: "attention.output.dense.weight",
          from: "attention output",
          to: "feed-forward input",
        },
        {
          tensor: "intermediate.dense.weight",
          from: "feed-forward input",
          to: "feed-forward hidden",
        },
        { tensor: "output.dense.weight", from: "feed-forward hidden", to: "block output" },
      ],
      next: "block output",
    }],
    ignored: [
      { tensors: "classifier.**", reason: "head of a task" },
    ],
  };
}
