/** Sizes and switches of a GPT-NeoX decoder, under the names that Hugging Face's `config.json` uses. */
export interface ModelConfig {
  /** Width of the residual stream; a multiple of the number of heads. */
  readonly hidden_size: number;
  /** Layers, each of attention and feed-forward block. */
  readonly num_hidden_layers: number;
  /** Attention heads a layer. */
  readonly num_attention_heads: number;
  /** Width of the feed-forward block. */
  readonly intermediate_size: number;
  /** Symbols of the language. */
  readonly vocab_size: number;
  /** Tokens of a training sequence. */
  readonly max_position_embeddings: number;
  /** Share of each head's dimensions that rotary embedding turns. */
  readonly rotary_pct: number;
  /** Base of the geometric sequence of rotary angles. */
  readonly rotary_emb_base: number;
  /** Added to the variance in every layer normalisation. */
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
