import assert from "node:assert/strict";
import { huggingFaceConfig } from "../../../data/training/model/config.ts";
import { RECIPES } from "../../../data/training/training/recipe.ts";

Deno.test("config.json tells Hugging Face's GPT-NeoX all that the model's code fixes", () => {
  assert.deepEqual(huggingFaceConfig(RECIPES.get("nano-64")!.config), {
    architectures: ["GPTNeoXForCausalLM"],
    model_type: "gpt_neox",
    hidden_size: 64,
    num_hidden_layers: 4,
    num_attention_heads: 4,
    intermediate_size: 256,
    vocab_size: 80,
    max_position_embeddings: 128,
    rotary_pct: 0.5,
    rotary_emb_base: 10000,
    layer_norm_eps: 1e-5,
    rope_theta: 10000,
    partial_rotary_factor: 0.5,
    hidden_act: "gelu",
    attention_bias: true,
    use_parallel_residual: true,
    tie_word_embeddings: false,
    hidden_dropout: 0,
    attention_dropout: 0,
    initializer_range: 0.02,
    use_cache: true,
    bos_token_id: 0,
    eos_token_id: 0,
    torch_dtype: "float16",
  });
});
