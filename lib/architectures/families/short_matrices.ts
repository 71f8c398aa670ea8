/** The matrices of small transformers, under the names that people give them: `{a|b}` is the first of both that is there. */

import type { MatrixDescription } from "../../schemas/architecture_description.ts";

/** Where attention and the MLP are in a block. */
const at = "{attn.|sa.|self_attn.|attention.|mha.|0.|0.fn.|}";
const mlp = "{mlp.|ffwd.|ff.|ffn.|feed_forward.|1.|1.fn.|}";

/** Three matrices below `self_attn` are Llama's or OPT's. */
const apart = at.replace("self_attn.|", "");

const [input, up, hidden, next] = [
  ...["block input", "feed-forward input", "feed-forward hidden", "block output"] as const,
];

const matrix = (from: string, to: string, tensor: string, stacked?: true): MatrixDescription => (
  { tensor, from, to, ...stacked && { stacked } }
);

/** Query, key and value in one matrix, in three, or in three for each head, whose rows are stacked. */
export const inputs: readonly (readonly MatrixDescription[])[] = [
  [matrix(
    ...[input, "query, key, value"] as const,
    `${at}{qkv.weight|c_attn.weight|in_proj_weight|to_qkv.weight}`,
  )],
  [
    matrix(input, "query", `${apart}{q|query|q_proj|query_proj|W_Q|W_q|wq}.weight`),
    matrix(input, "key", `${apart}{k|key|k_proj|key_proj|W_K|W_k|wk}.weight`),
    matrix(input, "value", `${apart}{v|value|v_proj|value_proj|W_V|W_v|wv}.weight`),
  ],
  [
    matrix(input, "query", `${at}heads.{head}.{query|q|q_proj|W_Q|W_q}.weight`, true),
    matrix(input, "key", `${at}heads.{head}.{key|k|k_proj|W_K|W_k}.weight`, true),
    matrix(input, "value", `${at}heads.{head}.{value|v|v_proj|W_V|W_v}.weight`, true),
  ],
];

/** What follows attention. */
export const output = (to: string): MatrixDescription =>
  matrix(
    ...["attention output", to] as const,
    `${at}{proj|out_proj|c_proj|out|o_proj|to_out.0|linear|W_O|W_o|wo}.weight`,
  );

/** An MLP with a gate. */
export const gated: readonly MatrixDescription[] = [
  matrix(up, "gate", `${mlp}{w1|gate_proj|gate}.weight`),
  matrix(up, "up", `${mlp}{w3|up_proj|up}.weight`),
  matrix(hidden, next, `${mlp}{w2|down_proj|down}.weight`),
];

/** An MLP without one; norms and dropout are counted between its two matrices. */
export const plain: readonly MatrixDescription[] = [
  matrix(up, hidden, `${mlp}{0|1|net.0|net.1|c_fc|fc1|lin1|linear1|up}.weight`),
  matrix(hidden, next, `${mlp}{2|3|4|net.2|net.3|net.4|c_proj|fc2|lin2|linear2|down}.weight`),
];
