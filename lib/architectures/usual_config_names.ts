/** What the config.json of most families calls the sizes of a transformer. */

import type { TransformerFamily } from "./describe_transformer.ts";

/** The names that Hugging Face's transformers give the sizes wherever a family has none of its own. */
export const usualConfigNames: TransformerFamily["config"] = {
  blocks: "num_hidden_layers",
  hidden: "hidden_size",
  intermediate: "intermediate_size",
  heads: "num_attention_heads",
};
