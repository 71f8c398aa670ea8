/** Sizes and switches of a GPT-NeoX decoder, under the names that Hugging Face's `config.json` uses. */
export interface ModelConfig {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
  readonly max_position_embeddings: number;
  /** Share of each head's dimensions that rotary embedding turns. */
  readonly rotary_pct: number;
  readonly rotary_emb_base: number;
  readonly layer_norm_eps: number;
}

/**
 * The whole `config.json` of a model of the suite, as Hugging Face's `GPTNeoXForCausalLM` reads it.
 */
export function huggingFaceConfig(config: ModelConfig): Record<string, unknown> {
  return {
    architectures: ["GPTNeoXForCausalLM"],
    model_type: "gpt_neox",
    ...config,
    rope_theta: config.rotary_emb_base,
    partial_rotary_factor: config.rotary_pct,
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
  };
}
